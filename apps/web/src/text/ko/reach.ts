import type { Disposition } from '@vethscope/model';
import { counted, number } from './counts.ts';

/** What a disposition is called, and what it means here. */
const words: Record<Disposition, string> = {
  delivered: '도달',
  leftHost: '나감',
  refused: '연결 거부',
  dropped: '버려짐',
  rejected: '거절',
  noRoute: '경로 없음',
  notForwarded: '전달 안 함',
  neighborUnreachable: '상대 없음',
  unresolved: '주소 없음',
  loop: '순환',
  noReply: '응답 없음',
  unknown: '알 수 없음',
};

const meanings: Record<Disposition, string> = {
  delivered: '소켓이 받고, 응답이 돌아옵니다.',
  leftHost: '호스트 밖으로 나가지만, 그곳에 누가 있는지는 여기에서 알 수 없습니다.',
  refused: '도착하지만 대기하는 것이 없거나, 다른 주소에서만 대기합니다.',
  dropped: '규칙 또는 체인의 정책이 버립니다.',
  rejected: '규칙이 거절하고, 보낸 쪽에 알립니다.',
  noRoute: '라우팅 경로가 없거나, 거부하는 경로입니다.',
  notForwarded: '전달(forwarding)이 꺼져 있습니다.',
  neighborUnreachable: '그 구간에는 이 주소를 가진, 살아 있는 링크가 없습니다.',
  unresolved: '이 송신자가 물어볼 수 있는 주소가 대상에 없습니다.',
  loop: '끝없이 돕니다.',
  noReply: '도착하지만 응답이 돌아오지 않습니다.',
  unknown: '무엇이 결정하는지 스냅샷에 들어 있지 않습니다.',
};

/** Words of the reachability view. */
export const reach = {
  title: '도달 가능성',
  subtitle: '대기 중인 것에 누가 닿는지 보여 줍니다. 실제로 보내는 것은 없고, 칸마다 예측한 경로의 결과입니다.',
  grid: '누가 무엇에 닿는지: 행은 송신자, 열은 대기 중이거나 공개된 포트',
  words,
  meanings,
  notYet: '아직 계산하지 않음',
  cell: (from: string, to: string, word: string) => `${from} → ${to}: ${word}`,
  old: '이전 상태의 결과',
  corner: { from: '보내는 쪽', to: '받는 쪽' },
  filterFrom: '송신자 거르기',
  filterTo: '대상 거르기',
  size: (senders: number, targets: number) => `${counted('송신자', senders)} × ${counted('대상', targets)}`,
  shown: (shown: number, all: number) => `${number(all)}개 중 ${number(shown)}개`,
  look: '칸에 표시할 것',
  looks: { marks: '기호', words: '단어' },
  looksHint: { marks: '칸마다 기호 하나: 더 많은 칸이 보입니다', words: '칸마다 단어 하나' },
  progress: '계산한 칸',
  computing: (done: number, all: number) => `${number(all)}칸 중 ${number(done)}칸`,
  waiting: '호스트가 바뀌어 다시 계산하고 있습니다…',
  partial: (done: number, all: number) => `${number(all)}칸 중 ${number(done)}칸. 나머지는 화면에 보일 때 계산합니다`,
  fault: '표를 계산하지 못했습니다.',
  again: '다시 시도',
  nothing: '이 호스트에는 대기 중인 것도 공개된 것도 없어서 닿을 곳이 없습니다.',
  noMatch: '필터에 맞는 송신자나 대상이 없습니다.',
  clear: '필터 지우기',
  networkless: '네트워크 없음',
  host: '호스트',
  follow: 'Enter 또는 클릭: 패킷 따라가기',
  asking: '이유를 찾고 있습니다…',
  count: (word: string, count: number) => `${word} ${number(count)}`,
};
