import { counted, number } from './counts.ts';

/** Words of what is always there: the header, the line below it, the find box, and what stands where no picture is. */
export const frame = {
  product: 'vethscope',
  startCommand: 'npm start',
  close: '닫기',
  copy: '복사',
  copied: '복사했습니다',
  host: '호스트',
  units: {
    seconds: (count: number) => `${number(count)}초`,
    minutes: (count: number) => `${number(count)}분`,
    hours: (count: number) => `${number(count)}시간`,
    days: (count: number) => `${number(count)}일`,
  },

  header: {
    lens: '렌즈',
    lenses: { docker: 'Docker', linux: 'Linux', cnm: 'CNM' },
    lensHints: {
      docker: '네트워크, 컨테이너, 포트를 Docker가 부르는 이름으로 봅니다',
      linux: '브리지, veth 케이블, 네임스페이스, 라우팅, 훅을 커널에 있는 그대로 봅니다',
      cnm: 'Sandbox, Endpoint, Network: Docker의 컨테이너 네트워크 모델로 봅니다',
    },
    noEngine: 'Docker Engine 없음',
    tree: '트리',
    treeHint: '같은 내용을 트리로 봅니다',
    sources: '소스',
    sourcesHint: '무엇을 읽었고 무엇을 읽지 못했는지 봅니다',
    legend: '범례',
    legendHint: '모양과 색의 뜻을 봅니다',
    theme: '테마',
    themes: { system: '시스템 설정', light: '밝게', dark: '어둡게' },
    language: '언어',
    languages: { en: 'English', ko: '한국어' },
    appearance: '테마와 언어',
    help: '단축키와 둘러보기',
    panel: '상세 정보 패널',
    palette: '명령',
  },

  connection: {
    words: {
      live: '실시간',
      connecting: '연결 중',
      reconnecting: '다시 연결 중',
      stale: '오래된 정보',
      refused: '거부됨',
      recorded: '기록',
      sample: '샘플',
      resting: '쉬는 중',
    },
    label: (word: string) => `연결 상태: ${word}. 자세히 보기`,
    live: '이 호스트에서 바뀌는 것이 바로 화면에 나타납니다.',
    connecting: '에이전트에 첫 화면을 요청하고 있습니다.',
    reconnecting: '에이전트와의 연결이 끊겼습니다. 지금 보이는 것은 마지막 응답 때의 모습입니다.',
    stale: '에이전트가 한동안 응답하지 않았습니다. 호스트는 지금 다른 모습일 수 있습니다.',
    refused: '에이전트가 응답하지만 이 페이지의 요청은 받아들이지 않습니다.',
    recorded: (name: string) => `기록(${name})을 보고 있습니다. 실시간으로 바뀌지 않습니다.`,
    sample: 'vethscope에 들어 있는 샘플입니다. 이 호스트의 모습이 아닙니다.',
    resting: '보는 사람이 없어서 에이전트와의 연결을 놓았습니다.',
    lastLife: '마지막 응답',
    ago: (duration: string) => `${duration} 전`,
    readAt: '마지막 변경',
    recordedAt: '기록한 때',
    nextTry: '다음 시도',
    inSeconds: (seconds: number) => (seconds <= 0 ? '지금' : `${number(seconds)}초 뒤`),
    tryNow: '지금 다시 시도',
    showSources: '소스 보기',
  },

  banner: { dismiss: '이 알림 닫기', sample: '샘플', notRoot: '일부만 보임' },

  agentFaults: {
    none: '응답하는 에이전트가 없습니다.',
    silent: '에이전트와의 연결이 조용해졌습니다.',
    withoutStream: '에이전트가 스트림 없이 응답했습니다.',
    closed: '에이전트가 스트림을 닫았습니다.',
    answered: (status: string) => `에이전트의 응답: ${status}`,
    shape: '에이전트가 이 페이지가 모르는 형식으로 응답했습니다. 서로 버전이 다를 수 있으니 페이지를 새로 고치십시오.',
    streamShape: '에이전트가 이 페이지가 모르는 형식으로 말합니다. 서로 버전이 다를 수 있습니다.',
  },

  page: {
    loading: '호스트를 읽고 있습니다…',
    unreachableTitle: '응답하는 에이전트가 없습니다',
    unreachable:
      '이 페이지는 Docker 호스트에서 실행되는 vethscope 에이전트가 읽은 것을 그립니다. 호스트에서 에이전트를 실행하면 그림이 저절로 나타납니다.',
    tokenTitle: '에이전트가 토큰을 요구합니다',
    token:
      '이 에이전트는 루프백 밖에서도 접속을 받으므로 토큰이 있는 사람에게만 응답합니다. vethscope를 시작할 때 출력된, ?token=…으로 끝나는 URL을 여십시오.',
    refusedTitle: '에이전트가 이 페이지를 거부합니다',
    reload: '새로 고침',
    crashedTitle: '페이지의 이 부분에 오류가 났습니다',
    crashed:
      '호스트가 아니라 vethscope의 오류입니다. 나머지는 계속 동작합니다. 아래 내용이 원인을 찾는 데 도움이 됩니다.',
    again: '다시 그리기',
    skip: '상세 정보로 건너뛰기',
    resizeTree: '트리 너비',
    resizeDetails: '상세 정보 너비',
    canvas: '지도',
  },

  find: {
    label: '찾기',
    placeholder: '이름, ip:172.18…, port:8080, net:front 찾기',
    short: '찾기…',
    clear: '지우기',
    hits: (count: number) => (count === 0 ? '결과 없음' : `${number(count)}개 찾음`),
    hideLabel: '숨기기',
    hidePlaceholder: '숨길 조건, 예: is:stopped 또는 net:dev',
    hiding: (count: number) => `${number(count)}개 숨김`,
    showAll: '모두 다시 표시',
    suggestions: '제안',
    syntax:
      'name: ip: net: port: image: driver: project: label: is: — 여러 단어는 모두 만족해야 하고, 앞에 빼기 기호를 붙이면 반대가 됩니다',
  },

  live: {
    came: (names: string) => `새로 나타남: ${names}.`,
    went: (count: number) => `${number(count)}개가 사라졌습니다.`,
    changed: (count: number) => `${counted('변경', count, '건')}.`,
    onNetwork: (container: string, network: string) => `${network}의 ${container}`,
  },
};
