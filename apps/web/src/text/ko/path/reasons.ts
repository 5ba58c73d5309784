import type { Sentences } from '@vethscope/path';
import { where } from './places.ts';

/** Why something cannot be told, or is as it is: what stands after a colon, without a full stop. */
export const reasons: Sentences['why'] = {
  // Docker's rules that drop.
  directRouting: 'Docker는 브리지가 아닌 링크로 들어와 컨테이너의 주소로 곧장 가는 패킷을 버립니다',
  iccDisabled: '이 네트워크는 컨테이너끼리의 통신을 막습니다(icc=false)',
  notPublished: '공개되지 않은 포트이며, Docker는 네트워크 밖에서 온 패킷을 버립니다',
  internal: '내부 네트워크여서 밖과 오갈 수 없습니다',
  isolatedNetworks: 'Docker는 네트워크끼리 서로 격리합니다',
  ruleDrops: '규칙이 패킷을 버립니다',

  // Neighbours.
  parentUnseen: ({ link, at, kind, parent }) =>
    `${where(at)}의 ${link} 링크는 ${parent === null ? '부모 링크' : `${parent} 링크`} 위의 ${kind} 링크이고, 둘은 서로의 프레임을 보지 못합니다`,
  childUnseen: (at, kind, link) =>
    `${at === null ? '다른 네임스페이스' : where(at)}에서 ${link} 링크 위의 ${kind} 링크를 쓰는데, 부모 링크는 자기 ${kind} 링크의 프레임을 보지 못합니다`,
  nobodyHasIt: (link, address) => `${link} 링크의 구간에는 ${address} 주소를 가진, 살아 있는 링크가 없습니다`,
  neighborFailed: (address, link) => `이웃 테이블에 따르면 ${link} 링크에서 ${address} 주소의 응답이 없었습니다`,

  // What is not in a snapshot, or not modelled.
  tooMuchOpen: '길에 알 수 없는 것이 너무 많습니다',
  ipvsBalances: (name) => `${name} 네임스페이스는 IPVS로 부하를 나누는데, IPVS의 테이블은 읽지 않습니다`,
  ipvsUnread: 'IPVS의 테이블은 읽지 않습니다',
  vlansUnread: (bridge) => `브리지 ${bridge}에 VLAN 필터링이 켜져 있는데, 포트의 VLAN은 읽지 않습니다`,
  ipvlanMode: (mode) => `ipvlan의 ${mode} 모드는 부모 링크의 네임스페이스에서 라우팅합니다`,
  linkKind: (kind) => `${kind} 종류의 링크가 패킷을 어떻게 처리하는지는 예측하지 못합니다`,
  manyReceivers: (destination) => `${destination} 주소는 여러 수신자를 뜻합니다`,
  forwardingUnread: (at) => `${where(at)}의 IP 전달 여부를 읽지 못했습니다`,
  samePriority: (one, other) =>
    `${one}, ${other} 두 체인의 우선순위가 같은데, 어느 쪽이 더 새로워서 먼저 실행되는지 알 수 없습니다`,
  routingForUsers: (users) => `사용자 ${users}번에 대한 라우팅 규칙인데, 누구의 패킷인지는 질문에 없습니다`,
  nextHops: (count) => `경로의 다음 홉이 ${count}개이고, 커널은 해시로 하나를 고릅니다`,

  // Rules.
  ruleNotUnderstood: (part) => `규칙에 이해하지 못한 부분이 있습니다: ${part}`,
  chainUnread: (chain) => `${chain} 체인을 읽지 못했습니다`,
  endlessJumps: '체인끼리의 점프가 끝나지 않습니다',
  moreThanSnapshot: (what) => `${what} 값은 스냅샷에 없는 것에 달려 있습니다`,
  answersByMore: (module) => `${module} 모듈의 답은 스냅샷에 없는 것에 달려 있습니다`,
  doesByMore: (target) => `${target} 타깃이 하는 일은 스냅샷에 없는 것에 달려 있습니다`,
  packetsBefore: (statement) => `${statement} 문의 결과는 앞서 지나간 패킷에 달려 있습니다`,
  addressByHash: (range) => `커널은 ${range} 주소 가운데 하나를 해시로 고릅니다`,
  programDecides: (target) => `사용자 공간의 프로그램이 결정합니다(${target})`,
  synproxyAnswers: '서버 대신 SYN 프록시가 응답합니다',
  rejectFamily: 'nft는 “reject with tcp reset” 규칙에 걸린 주소 체계 제한을 출력하지 않습니다',
  changedUntracked: (field) => `conntrack 없이 패킷의 ${field} 필드를 바꿉니다`,
  macNotAsked: '패킷의 MAC 주소는 질문에 없습니다',
  senderMacNotAsked: '보낸 쪽의 MAC 주소는 질문에 없습니다',
  processNotAsked: '누구의 프로세스가 보내는지는 질문에 없습니다',
  fieldNotAsked: (field) => `패킷의 ${field} 필드는 질문에 없습니다`,
  tcpOptionsNotAsked: 'TCP 헤더의 옵션은 질문에 없습니다',
  lengthNotAsked: (atLeast) => `패킷의 길이는 질문에 없습니다(적어도 ${atLeast}바이트)`,
  ttlNotAsked: '패킷을 보낼 때의 TTL은 질문에 없습니다',
  echoChecksum: '에코 패킷에서는 그 자리가 체크섬입니다',
  ctStatusUnknown: '연결의 그 상태는 알 수 없습니다',
  ipsecUnread: 'IPsec 정책은 읽지 않습니다',
  socketOptionsUnread: '소켓의 마크와 옵션은 읽지 않습니다',
  transparencyUnread: '소켓이 투명(transparent)한지는 읽지 않습니다',
  routeNotKept: '경로는 보관하지 않습니다',
  ipsetUnread: (set) => `ipset ${set}의 내용을 읽지 못했습니다`,
  mapUnread: (map) => `맵 ${map}의 내용을 읽지 못했습니다`,

  // Not modelled.
  matchNotModelled: (match) => `예측하지 못하는 매치입니다: ${match}`,
  targetNotModelled: (target) => `예측하지 못하는 타깃입니다: ${target}`,
  statementNotModelled: (statement) => `예측하지 못하는 문입니다: ${statement}`,
  expressionNotModelled: (expression) => `예측하지 못하는 표현식입니다: ${expression}`,
  operatorNotModelled: (operator) => `예측하지 못하는 연산자입니다: ${operator}`,
  prefixTranslation: (prefix) => `프리픽스 ${prefix}에 대한 변환은 예측하지 못합니다`,
  nftNetmap: 'nft의 프리픽스 변환(netmap)은 예측하지 못합니다',

  // Not understood.
  prefixNotUnderstood: (prefix) => `프리픽스를 이해하지 못했습니다: ${prefix}`,
  rangeNotUnderstood: '주소의 범위를 이해하지 못했습니다',
  networkNotUnderstood: (network) => `네트워크를 이해하지 못했습니다: ${network}`,
  elementNotUnderstood: (element, set) => `ipset ${set}의 원소를 이해하지 못했습니다: ${element}`,
  matchNotUnderstood: '매치를 이해하지 못했습니다',
  valueNotUnderstood: (value) => `여기에 쓰인 값을 이해하지 못했습니다: ${value}`,
  verdictNotUnderstood: (verdict) => `판정을 이해하지 못했습니다: ${verdict}`,
  portNotUnderstood: '변환할 포트를 이해하지 못했습니다',
  addressNotUnderstood: '변환할 주소를 이해하지 못했습니다',
  markNotUnderstood: '마크의 값을 이해하지 못했습니다',
  tproxyPortNotUnderstood: 'tproxy의 포트를 이해하지 못했습니다',
  keyNotUnderstood: (key) => `키를 이해하지 못했습니다: ${key}`,
  bitsNotUnderstood: (value) => `비트로 이해하지 못한 값입니다: ${value}`,
  notAPair: '맵의 원소가 키와 값의 쌍이 아닙니다',
  noValue: (expression) => `그 자체로는 값이 없는 표현식입니다: ${expression}`,
  partNotLiteral: '리터럴이 아닌 부분이 있습니다',
  notLiteral: (value) => `리터럴이 아닙니다: ${value}`,
  bitsWithoutOperands: '피연산자가 둘이 아닌 비트 연산입니다',
  bitsOfConcatenation: '이어 붙인 값에 대한 비트 연산입니다',
};
