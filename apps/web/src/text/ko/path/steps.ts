import { routeText, type Sentences, type Translated } from '@vethscope/path';
import { where, withPort } from './places.ts';

const endOn = (side: Translated['side'], packet: Translated['before']): string =>
  side === 'source' ? withPort(packet.source, packet.sourcePort) : withPort(packet.destination, packet.destinationPort);
const sides: Record<Translated['side'], string> = { source: '출발지', destination: '목적지' };

/** What a step decided. */
export const steps: Sentences['step'] = {
  resolved: (name, answer, by) => `이름 ${name}: ${answer.join(', ')} 주소입니다. 답한 곳: ${by}.`,
  resolvers: { address: '주소 자체', hosts: '/etc/hosts', embedded: '내장 DNS 서버(127.0.0.11)' },
  processSends: ({ at, protocol, to, port }) =>
    `${where(at)}의 프로세스가 ${protocol} 패킷을 ${withPort(to, port)}로 보냅니다.`,
  kernelRefuses: ({ at, kind, to, port }) =>
    `${where(at)}의 커널이 ${kind === 'reset' ? '재설정(RST)을' : 'ICMP 오류를'} ${withPort(to, port)}로 보냅니다.`,
  answersEcho: (at) => `${where(at)}의 커널이 에코 요청에 응답합니다.`,
  socketReceives: ({ socket, at, isProxy }) =>
    `${where(at)}의 소켓 ${socket}에서 받습니다${isProxy ? '. docker-proxy의 소켓입니다' : ''}.`,
  proxied: (address, port) => `docker-proxy가 여기에서 연결을 끝내고, ${withPort(address, port)}로 새 연결을 엽니다.`,
  answerHome: '응답이 보낸 쪽에 돌아옵니다.',
  senderTold: '보낸 쪽이 통보를 받습니다.',

  noRoute: (destination) => `${destination} 주소로 가는 경로가 없습니다.`,
  routed: ({ to, route, link, source }) =>
    `${to} 주소로 가는 경로: ${routeText(route, link)} (테이블 ${route.table})${source === null ? '' : `, 출발지 ${source}`}.`,

  conntrackNew: 'conntrack이 연결의 첫 패킷을 봅니다.',
  conntrackKnows: (state) => `conntrack이 아는 연결입니다: ${state}.`,
  byPolicy: (chain, verdict) => `${chain}: 결정하는 규칙이 없고, 정책은 ${verdict}입니다.`,
  byRule: (chain, verdict, rule) => `${chain}: 규칙 “${rule}”에 따라 ${verdict}.`,
  translated: ({ isReply, side, before, after }) =>
    `${isReply ? '응답의 주소를 되돌립니다' : '패킷의 주소를 변환합니다'}. ${sides[side]}: ${endOn(side, before)} → ${endOn(side, after)}.`,

  sentOnLoopback: '루프백으로 보냅니다.',
  receivedOnLoopback: '루프백에서 받습니다.',
  receivedOn: (link) => `${link} 링크에서 받습니다.`,
  sentToPeer: (link, peer) => `${link} 링크로 보냅니다. 반대쪽 끝은 ${peer}입니다.`,
  sentOverParent: (link, to) => `${link} 링크로 보냅니다. 같은 부모 링크를 통해 ${to} 링크에 닿습니다.`,
  sentByParent: (link, parent) =>
    `${link} 링크로 보내고, 부모 링크${parent === null ? '' : ` ${parent}`}에서 나갑니다.`,
  sentIntoTunnel: (link) => `${link} 터널로 보냅니다.`,
  handedTo: (child, link) => `${link} 위에 있는 ${child} 링크로 넘깁니다.`,
  leavesOn: (link) => `${link} 링크로 나갑니다.`,
  leavesTagged: (link, vlan) => `${link} 링크로 VLAN 태그 ${vlan}번을 달고 나갑니다.`,
  leavesByTunnel: (link) => `${link} 터널을 통해 나갑니다.`,
  leavesByParent: (link) => `호스트의 규칙을 거치지 않고 ${link} 링크로 나갑니다.`,
  leavesWrapped: (vni, remote) => `VXLAN ${vni}번으로 감싸입니다${remote === null ? '' : `. 받는 호스트: ${remote}`}.`,
  discards: (link) => `${link} 링크는 dummy 링크여서 받은 것을 버립니다.`,

  neighbor: ({ address, link, who, mac }) =>
    `${link} 링크에서 ${address} 주소를 가진 쪽: ${who ?? '외부 장비'}${mac === null ? '' : ` (${mac})`}.`,
  nobodyAnswers: (address, why) => `${address} 주소에 응답하는 상대가 없습니다: ${why}.`,

  bridgeSends: (bridge, port) => `브리지 ${bridge}의 포트 ${port}에서 프레임을 내보냅니다.`,
  bridgeKeeps: (bridge) => `브리지 ${bridge} 자신에게 온 프레임입니다. IP 계층으로 올라갑니다.`,
  bridgePasses: ({ bridge, from, to, asked }) =>
    `브리지 ${bridge}의 포트 ${from}에서 포트 ${to}까지 프레임을 넘깁니다${asked ? '. 도중에 netfilter를 거칩니다' : ''}.`,

  notModelled: (why) => `예측하지 못합니다: ${why}.`,
  notKnown: (why) => `알 수 없습니다: ${why}.`,
};
