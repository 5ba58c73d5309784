import type { NftAction, NftCondition, NftReadableField } from '@vethscope/parse';

type Words = (value: string, is: (yes: string, no: string) => string) => string;

const arrives: Words = (value, is) => `${value} 링크로 ${is('들어온', '들어오지 않은')}`;
const leaves: Words = (value, is) => `${value} 링크로 ${is('나가는', '나가지 않는')}`;
const from: Words = (value, is) => `${value} 주소에서 ${is('온', '오지 않은')}`;
const to: Words = (value, is) => `${value} 주소로 ${is('가는', '가지 않는')}`;
const fromPort =
  (protocol: string): Words =>
  (value, is) =>
    `${protocol}${value}번 포트에서 ${is('온', '오지 않은')}`;
const toPort =
  (protocol: string): Words =>
  (value, is) =>
    `${protocol}${value}번 포트로 ${is('가는', '가지 않는')}`;
const equals =
  (what: string): Words =>
  (value, is) =>
    `${what} ${value} 값${is('인', '이 아닌')}`;

/** A field as what stands before "packet". */
const fields: Record<NftReadableField, Words> = {
  iifname: arrives,
  iif: arrives,
  oifname: leaves,
  oif: leaves,
  'ip saddr': from,
  'ip6 saddr': from,
  'ip daddr': to,
  'ip6 daddr': to,
  'tcp sport': fromPort('TCP '),
  'udp sport': fromPort('UDP '),
  'sctp sport': fromPort('SCTP '),
  'tcp dport': toPort('TCP '),
  'udp dport': toPort('UDP '),
  'sctp dport': toPort('SCTP '),
  'th dport': toPort(''),
  'th sport': fromPort(''),
  'ip protocol': equals('프로토콜이'),
  'ip6 nexthdr': equals('프로토콜이'),
  'meta l4proto': equals('프로토콜이'),
  'meta nfproto': equals('주소 체계가'),
  'meta mark': equals('마크가'),
  'ct mark': equals('연결의 마크가'),
  'ct state': (value, is) => `${value} 상태의 연결에 ${is('속한', '속하지 않는')}`,
  'fib daddr type': equals('목적지 주소의 종류가'),
  'fib saddr type': equals('출발지 주소의 종류가'),
};

export function conditionWords(condition: NftCondition): string {
  if (condition.kind === 'other') return `“${condition.text}” 조건에 맞는`;
  const { field, not, value } = condition;
  return fields[field](value.replace(/^@(.*)$/, '집합 $1의'), (yes, no) => (not ? no : yes));
}

/** What becomes of the packet. */
export function actionWords({ kind, detail, key, text }: NftAction): string {
  switch (kind) {
    case 'accept':
      return '허용합니다';
    case 'drop':
      return '버립니다';
    case 'return':
      return '호출한 체인으로 돌려보냅니다';
    case 'continue':
      return '다음 규칙으로 넘깁니다';
    case 'jump':
      return `${detail} 체인에서 검사합니다`;
    case 'goto':
      return `${detail} 체인에 넘깁니다`;
    case 'reject':
      return `거절합니다${detail === '' ? '' : ` (${detail})`}`;
    case 'vmap':
      return `${detail === '' ? '' : `맵 ${detail}에서 `}${key} 값에 따라 결정합니다`;
    case 'dnat':
      return `목적지를 바꿉니다: ${detail}`;
    case 'snat':
      return `출발지를 바꿉니다: ${detail}`;
    case 'masquerade':
      return '출발지를 나가는 링크의 주소로 바꿉니다';
    case 'redirect':
      return `이 호스트로 돌립니다${detail === '' ? '' : `, 포트 ${detail}`}`;
    case 'mangle':
      return `값을 바꿉니다: “${text}”`;
    case 'notrack':
      return '연결 추적에서 뺍니다';
    case 'queue':
      return '프로그램의 큐에 넣습니다';
    case 'limit':
    case 'ctCount':
    case 'quota':
      return `“${text}” 한도를 확인합니다`;
    case 'match':
    case 'counter':
    case 'log':
    case 'set':
    case 'map':
    case 'meter':
    case 'fwd':
    case 'dup':
    case 'tproxy':
    case 'flow':
    case 'ctHelper':
    case 'ctTimeout':
    case 'ctExpectation':
    case 'secmark':
    case 'tunnel':
    case 'reset':
    case 'synproxy':
    case 'lastUsed':
    case 'xt':
    case 'unknown':
      return `“${text}” 처리를 거칩니다`;
    default: {
      const never: never = kind;
      return never;
    }
  }
}
