import type { Disposition } from '@vethscope/model';

/** How a packet ends, as a headline. */
export const dispositions: Record<Disposition, string> = {
  delivered: '도달합니다',
  leftHost: '호스트를 나갑니다',
  refused: '연결이 거부됩니다',
  dropped: '버려집니다',
  rejected: '거절됩니다',
  noRoute: '경로가 없습니다',
  notForwarded: '전달되지 않습니다',
  neighborUnreachable: '상대를 찾지 못합니다',
  unresolved: '이름을 풀지 못합니다',
  loop: '순환합니다',
  noReply: '응답이 없습니다',
  unknown: '알 수 없습니다',
};
