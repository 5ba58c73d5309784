import type { Sentences } from '@vethscope/path';

/** What lifts a cause, where that is no command to type. */
export const fixes: Sentences['fix'] = {
  usePublishedPort:
    '공개된 포트로 접속하거나, -o com.docker.network.bridge.gateway_mode_ipv4=routed 옵션으로 네트워크를 만드십시오.',
  enableIcc: '-o com.docker.network.bridge.enable_icc=true 옵션으로 네트워크를 다시 만드십시오.',
  publish: '포트를 공개하십시오(-p).',
  connectToOpenNetwork: 'docker network connect 명령으로 내부 네트워크가 아닌 네트워크에 연결하십시오.',
  connectToOther: 'docker network connect 명령으로 한쪽 컨테이너를 다른 쪽의 네트워크에 연결하십시오.',
  listenOnAny: '서비스가 0.0.0.0에서 대기하게 하십시오.',
  publishForAll: '127.0.0.1: 없이 포트를 공개하십시오.',
  askTheHost: '호스트의 주소나 다른 컨테이너의 이름으로 물으십시오.',
  macvlanForHost: '호스트에도 같은 부모 링크 위에 그 네트워크의 주소를 가진 macvlan(또는 ipvlan) 링크를 만드십시오.',
  askOrUpgrade: (address) => `${address} 주소로 묻거나, 엔진을 Docker 28로 올리십시오.`,
  ownNetwork: '두 컨테이너를 직접 만든 네트워크에 두십시오(docker network create).',
  askTheAddress: '이름 대신 주소로 물으십시오.',
};
