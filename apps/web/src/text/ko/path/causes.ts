import type { Sentences } from '@vethscope/path';
import { dispositions } from '../dispositions.ts';
import { endsElsewhere, where } from './places.ts';

/** Why a way ended as it did. */
export const causes: Sentences['cause'] = {
  // Where it arrived.
  delivered: ({ socket, at, port }) => `${where(at)}의 소켓 ${socket}에서 포트 ${port}에 온 패킷을 받습니다.`,
  paused: (name) => `컨테이너 ${name}: 일시 정지 상태입니다. 커널은 연결을 받아들이지만 아무도 응답하지 않습니다.`,
  heldByDockerd: ({ protocol, port, at }) =>
    `dockerd가 ${where(at)}의 ${protocol} 포트 ${port}에 읽지 않는 소켓을 열어 두었고, 그 전에 패킷을 변환하는 규칙이 없습니다: ${
      protocol === 'tcp' ? '연결이 하나쯤 받아들여질 수 있지만 응답은 없습니다' : '아무도 응답하지 않습니다'
    }.`,
  nothingListens: (at, protocol, port) => `${where(at)}에는 ${protocol} 포트 ${port}에서 대기하는 것이 없습니다.`,
  loopbackIsItself: ({ destination, at, protocol, port }) =>
    `여기에서 ${destination} 주소는 호스트가 아니라 ${where(at)} 자신입니다. 안에는 ${protocol} 포트 ${port}에서 대기하는 것이 없습니다.`,
  listensOnLoopback: (at, address, destination) =>
    `${where(at)}의 서비스는 ${address ?? '루프백'} 주소에서만 대기하는데, 패킷은 ${destination} 주소로 왔습니다.`,
  publishedOnLoopback: (address, destination) =>
    `포트가 ${address} 주소에만 공개되어 있는데, 패킷은 ${destination} 주소로 왔습니다.`,
  listensElsewhere: ({ destination, at, protocol, port, sockets }) =>
    `${where(at)}의 ${protocol} 포트 ${port} 소켓은 ${sockets
      .map(({ address, isOnly6 }) => `${address}${isOnly6 ? ' (IPv6 전용)' : ''}`)
      .join(', ')} 주소에서 대기하는데, 패킷은 ${destination} 주소로 왔습니다.`,

  // Where it left the host.
  keepsLoopback: (left, source) =>
    `${left} 출발지는 ${source} 그대로입니다. 루프백 주소에서 온 것은 다른 모든 장비가 버립니다.`,
  keepsSource: (left, source) =>
    `${left} 출발지는 ${source} 그대로입니다. 그 주소를 이 호스트로 라우팅하는 장비만 응답할 수 있습니다.`,

  // The way back.
  answerLost: '패킷은 도착하지만 응답이 돌아오지 않습니다.',
  answerElsewhere: ({ arrived, end, from, awaited, byRoute }) =>
    `패킷은 ${arrived} 주소에 도착하지만, ${
      byRoute ? 'Docker 28 전의 docker-proxy는 경로가 정한 주소로 응답하므로 ' : ''
    }응답이 ${from} 주소에서 출발해 ${endsElsewhere(end)}, 보낸 쪽은 ${awaited} 주소의 응답을 기다립니다.`,
  notTold: '보낸 쪽은 통보받지 못합니다.',
  refusalElsewhere: (kind, end) =>
    `${kind === 'reset' ? '재설정(RST)이' : 'ICMP 오류가'} ${endsElsewhere(end)}, 보낸 패킷에 대한 것으로 받아들여지지 않습니다.`,
  resetStraightBack: ({ port, from, awaited }) =>
    `보낸 쪽은 통보받지 못합니다. 재설정(RST)이 ${from} 주소에서 포트 ${port}로 곧장 나가지만, 보낸 쪽은 ${awaited} 주소의 것을 기다립니다.`,

  // Rules.
  policyDrops: (chain) => `${chain} 체인에 허용하는 규칙이 없고, 정책은 drop입니다.`,
  ruleRejects: (rule, chain, how) =>
    `${chain} 체인의 규칙 “${rule}”에 따라 거절됩니다${how === '' ? '' : ` (${how})`}.`,
  ruleDrops: (rule, chain, why) => `${chain} 체인의 규칙 “${rule}”에 따라 버려집니다: ${why}.`,

  // Routing.
  noRoute: (at, destination) => `${where(at)}에는 ${destination} 주소로 가는 경로가 없습니다.`,
  routeRefuses: (at, destination, how) =>
    `${where(at)}의 라우팅 경로가 ${destination} 주소로 가는 것을 거부합니다 (${how}).`,
  linkOfRouteToUnread: (destination) => `${destination} 주소로 가는 경로의 링크를 읽지 못했습니다.`,
  linkOfRouteUnread: '경로의 링크를 읽지 못했습니다.',
  loopbackLeaves: (source, link) =>
    `${source} 주소에서 온 패킷은 ${link} 링크로 나갈 수 없습니다: route_localnet이 꺼져 있습니다.`,
  martian: (address, link) =>
    `${address} 주소를 가진 패킷은 ${link} 링크로 들어올 수 없습니다: 루프백 주소는 자기 네임스페이스를 벗어나지 않습니다.`,
  ownSource: (at, link, source) =>
    `${where(at)}의 ${link} 링크로 온 패킷의 출발지 ${source} 주소가 자신의 주소여서 버립니다.`,
  reversePath: ({ at, source, link, mode }) =>
    `${where(at)}에서는 ${source} 주소에 응답할 때 ${link} 링크를 쓰지 않으며, 그 링크의 rp_filter는 ${mode === 'strict' ? '엄격(strict)' : '느슨(loose)'} 모드입니다.`,
  doesNotForward: (at, link, sysctl) => `${where(at)}에서는 ${link} 링크로 들어온 것을 전달하지 않습니다 (${sysctl}).`,
  ttlUsedUp: '패킷의 TTL이 다했습니다.',
  endless: '패킷이 끝없이 돕니다.',

  // Links and bridges.
  linkDown: (link) => `${link} 링크가 다운 상태입니다.`,
  noCarrier: (link) => `${link} 링크에 캐리어가 없습니다.`,
  unreachable: (address, link, why) => `${link} 링크에서 ${address} 주소에 닿을 수 없습니다: ${why}.`,
  portBlocked: (port, bridge, state) => `브리지 ${bridge}의 포트 ${port}: ${state} 상태입니다.`,
  noHairpin: (bridge, port) => `브리지 ${bridge}에서는 프레임을 들어온 포트 ${port}에 되돌려 보내지 않습니다.`,
  portsIsolated: (bridge, one, other) => `브리지 ${bridge}의 두 포트 ${one}, ${other} 사이는 서로 격리되어 있습니다.`,
  noBridgePort: (bridge, destination) => `브리지 ${bridge}에는 ${destination} 주소로 이어지는 포트가 없습니다.`,

  // Questions without a first packet.
  containerUnknown: (name) => `이름이 ${name}인 컨테이너가 없습니다.`,
  containerUnread: (name) => `컨테이너 ${name}: 실행 중이지만 네트워크 네임스페이스를 읽지 못했습니다.`,
  containerNotRunning: (name, state) => `컨테이너 ${name}: 실행 중이 아닙니다 (${state}).`,
  hostUnread: '호스트 자신의 네임스페이스를 읽지 못했습니다.',
  notAnAddress: (text) => `"${text}"에 해당하는 주소가 없습니다. 주소의 형식이 아닙니다.`,
  noWayIn: (address) =>
    `호스트에 ${address} 주소로 가는 경로가 없어서, 그 패킷이 어느 링크로 들어오는지 알 수 없습니다.`,
  noAddress: (name, family) =>
    `${name === null ? '받는 쪽' : `"${name}"`}에는 ${family === null ? '' : `IPv${family} `}주소가 없습니다.`,
  twoFamilies: (source, destination) =>
    `출발지 ${source} 주소와 목적지 ${destination} 주소의 주소 체계가 서로 다릅니다.`,
  toManyReceivers: (destination) => `${destination} 주소는 여러 수신자를 뜻하며, 그런 패킷의 길은 예측하지 못합니다.`,
  needsPort: (protocol) => `${protocol}에 관한 질문에는 포트가 필요합니다.`,
  namesOnDefaultBridge: (name, asking) =>
    `${name}: 컨테이너의 이름이지만, 묻는 컨테이너 ${asking}의 네트워크가 기본 브리지여서 이름을 풀 수 없습니다.`,
  sharesNoNetwork: (name, asking) =>
    `${name}: 컨테이너의 이름이지만, 묻는 컨테이너 ${asking}에는 함께 쓰는 네트워크가 없어서 이름을 풀 수 없습니다.`,
  nameOutside: (name) => `이름 ${name}: 외부 DNS 서버에 묻는데, 그 답은 스냅샷에 없습니다.`,

  // What is not known.
  open: (why, ends) =>
    `스냅샷만으로는 알 수 없습니다: ${why}.${
      ends === null ? '' : ` 경우에 따라 “${dispositions[ends[0]]}” 또는 “${dispositions[ends[1]]}”로 갈립니다.`
    }`,
  cannotTell: (why) => `알 수 없습니다: ${why}.`,
  cannotTellWhichTask: (why) => `어느 태스크가 응답하는지 알 수 없습니다: ${why}.`,
  wayNotModelled: (why) => `예측하지 못하는 길입니다: ${why}.`,
  namespaceUnread: (link) => `${link} 링크의 네임스페이스를 읽지 못했습니다.`,
  sourceUnread: (source, place, reason) =>
    `알 수 없습니다: ${place === null || place === 'host' ? '호스트' : place}의 ${source} 내용을 읽지 못했습니다${reason === null ? '' : ` (${reason})`}.`,
};
