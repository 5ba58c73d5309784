import type { FindWords } from '@vethscope/graph';
import type { QuestionFaults } from '@vethscope/path';

/** What is wrong with an expression of the find box. */
export const find: FindWords = {
  openQuote: { message: '따옴표가 닫히지 않았습니다.', hint: '끝에 큰따옴표(")를 붙이십시오.' },
  nothingToNegate: { message: '반대로 할 것이 없습니다.', hint: '바로 뒤에 낱말을 쓰십시오: -is:stopped' },
  noField: (name, meant) => ({
    message: `"${name}" 항목은 없습니다.`,
    hint: 'near' in meant ? `혹시 ${meant.near}: 항목입니까?` : `쓸 수 있는 항목: ${meant.all.join(', ')}.`,
  }),
  noValue: (field, example) => ({ message: `${field}: 뒤에 값이 필요합니다.`, hint: `예: ${example}` }),
  noPort: (value) => ({
    message: `"${value}"에 해당하는 포트가 없습니다.`,
    hint: '65535까지의 번호나 범위를 쓰십시오: port:8000-8003',
  }),
  noAddress: (value) => ({
    message: `"${value}"에 해당하는 주소가 없습니다.`,
    hint: '주소, 주소의 앞부분, 프리픽스를 쓰십시오: ip:172.18.0.0/16',
  }),
  noProperty: (value, meant) => ({
    message: `"${value}" 성질은 없습니다.`,
    hint: 'near' in meant ? `혹시 is:${meant.near} 성질입니까?` : `쓸 수 있는 성질: ${meant.all.join(', ')}.`,
  }),
  noState: (value, states) => ({
    message: `"${value}"에 해당하는 컨테이너 상태가 없습니다.`,
    hint: `쓸 수 있는 상태: ${states.join(', ')}.`,
  }),
};

const shownNames = 12;

function meantText(meant: { near: string } | { names: readonly string[] }): string {
  if ('near' in meant) return `혹시 "${meant.near}"입니까?`;
  const { names } = meant;
  if (names.length === 0) return '읽은 컨테이너가 없습니다. Docker Engine이 실행 중입니까?';
  return `있는 컨테이너: ${names.slice(0, shownNames).join(', ')}${names.length > shownNames ? ', …' : ''}.`;
}

/** What is wrong with the words of a question. */
export const question: QuestionFaults = {
  noPorts: (sourcePort) => ({
    message: 'icmp에는 포트가 없습니다.',
    fix: `${sourcePort} 항목을 빼거나, tcp 또는 udp로 물으십시오.`,
  }),
  notAProtocol: (word, near) => ({
    message: `"${word}"에 해당하는 프로토콜이 없습니다.`,
    fix: `tcp, udp, icmp, sctp 가운데 하나입니다.${near === null ? '' : ` 혹시 "${near}"입니까?`}`,
  }),
  notAPort: (word) => ({
    message: `"${word}"에 해당하는 포트가 없습니다.`,
    fix: '포트는 1부터 65535까지의 번호입니다.',
  }),
  aNetwork: (word) => ({
    message: `"${word}"에 해당하는 것은 주소가 아니라 네트워크입니다.`,
    fix: '그 안의 주소 하나를 쓰십시오.',
  }),
  notAnAddress: (word) => ({
    message: `"${word}"에 해당하는 주소가 없습니다.`,
    fix: '192.168.1.20이나 2001:db8::20처럼 쓰십시오.',
  }),
  noSender: (word, near) => ({
    message: `"${word}"에 해당하는 보내는 쪽이 없습니다.`,
    fix: `혹시 "${near}"입니까?`,
  }),
  notRunning: (name, state) => ({
    message: `컨테이너 "${name}": 실행 중이 아니어서(${state}) 아무것도 보내지 않습니다.`,
    fix: `docker start ${name}`,
  }),
  unbracketed: (example) => ({
    message: '포트가 빠졌습니다.',
    fix: `IPv6 주소는 대괄호 안에 쓰십시오: ${example}.`,
  }),
  notAPortBehind: (rest, example) => ({
    message: `주소 뒤의 "${rest}"에 해당하는 포트가 없습니다.`,
    fix: `이렇게 쓰십시오: ${example}.`,
  }),
  internetIsNoAddress: {
    message: '인터넷은 주소가 아닙니다.',
    fix: '203.0.113.9:443처럼 인터넷의 주소 하나를 쓰십시오.',
  },
  portOfIcmp: (example) => ({
    message: 'icmp에는 포트가 없습니다.',
    fix: `이렇게 쓰거나, tcp 또는 udp로 물으십시오: ${example}.`,
  }),
  portMissing: (example, ping) => ({
    message: '포트가 빠졌습니다.',
    fix: `이렇게 쓰십시오: ${example}. ping이라면 ${ping} 프로토콜로 물으십시오.`,
  }),
  onlyPort: (example) => ({
    message: '포트 앞에 주소나 이름이 없습니다.',
    fix: `이렇게 쓰십시오: ${example}.`,
  }),
  nothingCalled: (name, meant) => ({
    message: `이름이 "${name}"인 컨테이너, 별칭, 서비스가 여기에 없습니다.`,
    fix: `${meantText(meant)} 외부 DNS 서버가 아는 이름이라면 "${name}."처럼 점을 붙이십시오.`,
  }),
  containerNameMissing: { message: '컨테이너의 이름이 빠졌습니다.', fix: '이렇게 쓰십시오: container:NAME.' },
  severalContainers: (word, names) => ({
    message: `"${word}"에 해당하는 컨테이너가 ${names.length}개입니다: ${names.join(', ')}.`,
    fix: `그중 하나를 쓰십시오: container:${names[0] ?? word}.`,
  }),
  noContainer: (name, meant) => ({
    message: `이름이 "${name}"인 컨테이너가 없습니다.`,
    fix: meantText(meant),
  }),
};
