import type { GraphEdge } from '@vethscope/graph';
import { number } from './counts.ts';

/** The canvas's own words; what stands in boxes and on lines comes with the graph. */
export const canvas = {
  canvas: {
    role: '네트워크 그림',
    label: '호스트의 네트워크 그림. 화살표 키로 이동하고, Enter로 선택하고, Escape로 나갑니다.',
  },
  zoom: {
    toolbar: '확대와 축소',
    out: '축소',
    outHint: '축소 (−)',
    in: '확대',
    inHint: '확대 (+)',
    actual: (percent: number) => `배율 ${percent}퍼센트. 100으로 돌아가기`,
    actualHint: '실제 크기 (1)',
    fit: '모두 보이게 맞추기',
    fitHint: '모두 맞추기 (f)',
  },
  empty: {
    title: '아직 컨테이너가 없습니다',
    text: '호스트와 Docker가 만든 네트워크만 있습니다. 컨테이너를 시작하면 여기에 나타납니다.',
    copy: '명령 복사',
    copied: '복사했습니다',
    pastTitle: '그 시점에는 컨테이너가 없었습니다',
    pastText: '여기에 보이는 네트워크만 있었고 연결된 컨테이너는 없었습니다.',
    fileTitle: '이 기록에는 컨테이너가 없습니다',
    fileText: '기록할 때 호스트에는 여기에 보이는 네트워크만 있었고 연결된 컨테이너는 없었습니다.',
  },
  hidden: {
    title: '모두 숨겨져 있습니다',
    text: (count: number) => `필터가 이 그림의 상자 ${number(count)}개를 모두 가렸습니다.`,
    showAll: '모두 표시',
  },
  pinned: '고정됨',
  pinnedHint: '직접 옮긴 자리입니다. 두 번 누르면 풀립니다.',
  internal: '내부: 호스트 밖으로 나가는 길이 없습니다',
  sharedBy: (names: readonly string[]) => `네트워크 스택 공유: ${names.join(', ')}`,
  moreRows: (count: number) => `그 밖에 ${number(count)}개`,
  received: '수신',
  sent: '송신',
  edges: {
    drop: '네트워크에 연결',
    cable: 'veth 쌍',
    publish: '공개된 포트',
    proxy: 'docker-proxy를 거침',
    uplink: '호스트 밖으로 이어짐',
    parent: '부모 링크 위에 있음',
    tunnel: '다른 호스트로 가는 터널',
    share: '같은 네트워크 스택',
    flow: '패킷이 가는 길',
  } satisfies Record<GraphEdge['kind'], string>,
  /** What a screen reader says before a box's own words. */
  nodes: {
    host: '호스트',
    outside: '호스트 밖',
    link: '링크',
    port: '공개된 포트',
    network: '네트워크',
    container: '컨테이너',
    endpoint: '엔드포인트',
    up: '업',
    down: '다운',
    inactive: '비활성',
    internal: '내부',
  },
};
