import type { IptablesMatch } from '@vethscope/model';

export const ports = ({ from, to }: { from: number; to: number }): string =>
  from === to ? `${from}` : `${from}-${to}`;
const hex = (number: number): string => `0x${number.toString(16)}`;
export const masked = ({ value, mask }: { value: number; mask: number }): string =>
  mask === 0xffffffff ? hex(value) : `${hex(value)}/${hex(mask)}`;

const tuples = {
  origSource: '원래 출발지가',
  origDestination: '원래 목적지가',
  replySource: '응답의 출발지가',
  replyDestination: '응답의 목적지가',
} as const;

/** A match as what stands before "packet": "docker0 링크로 들어오지 않은". */
export function matchWords(match: IptablesMatch): string {
  const is = (yes: string, no: string): string => ('not' in match && match.not ? no : yes);
  const be = is('인', '이 아닌');
  switch (match.kind) {
    case 'source':
      return `${match.prefix} 주소에서 ${is('온', '오지 않은')}`;
    case 'destination':
      return `${match.prefix} 주소로 ${is('가는', '가지 않는')}`;
    case 'inLink':
      return `${match.name} 링크로 ${is('들어온', '들어오지 않은')}`;
    case 'outLink':
      return `${match.name} 링크로 ${is('나가는', '나가지 않는')}`;
    case 'protocol':
      return `${match.protocol.toUpperCase()} 프로토콜${be}`;
    case 'fragment':
      return is('첫 조각이 아닌', '첫 조각인');
    case 'sourcePort':
      return `${ports(match.ports)}번 포트에서 ${is('온', '오지 않은')}`;
    case 'destinationPort':
      return `${ports(match.ports)}번 포트로 ${is('가는', '가지 않는')}`;
    case 'multiport': {
      const side = { source: '출발지', destination: '목적지', either: '출발지나 목적지' }[match.side];
      return `${side} 포트가 ${match.ports.map(ports).join(', ')}번 가운데 하나${be}`;
    }
    case 'tcpFlags':
      return `TCP 플래그 ${match.mask.join(', ')} 가운데 ${match.set.length === 0 ? '켜진 것이 하나도 없는 상태' : `${match.set.join(', ')}만 켜진 상태`}${is('인', '가 아닌')}`;
    case 'tcpOption':
      return `TCP 옵션 ${match.option}번이 ${is('있는', '없는')}`;
    case 'icmpType':
      return `ICMP 종류가 ${match.name} 값${be}`;
    case 'addrtype': {
      const side = match.side === 'source' ? '출발지' : '목적지';
      const link = match.limitIn ? '들어온 링크에서 볼 때 ' : match.limitOut ? '나가는 링크에서 볼 때 ' : '';
      return `${link}${side}가 ${match.types.map((type) => type.toLowerCase()).join(' 또는 ')} 주소${is('인', '가 아닌')}`;
    }
    case 'ctState':
      return `${match.states.map((state) => state.toLowerCase()).join(' 또는 ')} 상태의 연결에 ${is('속한', '속하지 않는')}`;
    case 'ctStatus':
      return `연결의 상태 비트가 ${match.statuses.map((status) => status.toLowerCase()).join(' 또는 ')} 값${be}`;
    case 'ctDirection':
      return match.direction === 'original' ? '연결을 시작한 방향의' : '연결에 응답하는 방향의';
    case 'ctProtocol':
      return `연결의 프로토콜이 ${match.protocol} 값${be}`;
    case 'ctAddress':
      return `${tuples[match.tuple]} ${match.prefix} 주소${is('인', '가 아닌')}`;
    case 'ctPort':
      return `${tuples[match.tuple]} ${ports(match.ports)}번 포트${is('인', '가 아닌')}`;
    case 'ctHelper':
      return `conntrack 헬퍼${match.helper === '' ? '' : ` ${match.helper}`}에 연결된 것${be}`;
    case 'set':
      return `집합 ${match.name}에 (${match.directions.join(', ')}) ${is('있는', '없는')}`;
    case 'mark':
      return `마크가 ${masked(match)} 값${be}`;
    case 'connmark':
      return `연결의 마크가 ${masked(match)} 값${be}`;
    case 'physdev':
      return physdevWords(match);
    case 'iprange':
      return match.side === 'source'
        ? `${match.from}-${match.to} 주소에서 ${is('온', '오지 않은')}`
        : `${match.from}-${match.to} 주소로 ${is('가는', '가지 않는')}`;
    case 'mac':
      return `${match.address} MAC 주소에서 ${is('온', '오지 않은')}`;
    case 'pkttype':
      return `${match.type} 종류${is('인', '가 아닌')}`;
    case 'owner':
      if (match.test === 'socketExists') return `이 호스트의 소켓에서 ${is('보낸', '보내지 않은')}`;
      return `${match.test === 'uid' ? '사용자' : '그룹'} ${match.value ?? ''}에 ${is('속한', '속하지 않는')}`;
    case 'length':
      return `길이가 ${ports(match.lengths)}바이트${is('인', '가 아닌')}`;
    case 'ttl': {
      const than = { eq: be, lt: is('보다 작은', '보다 작지 않은'), gt: is('보다 큰', '보다 크지 않은') }[
        match.compare
      ];
      return `홉 제한이 ${match.value} 값${than}`;
    }
    case 'dscp':
      return `DSCP ${hex(match.value)} 값${be}`;
    case 'tos':
      return `TOS ${hex(match.value)}/${hex(match.mask)} 값${be}`;
    case 'rpfilter':
      return `돌아가는 경로가 ${is('있는', '없는')}`;
    case 'policy': {
      const protects = (match.policy === 'none') === match.not;
      return `${match.direction === 'in' ? '들어올' : '나갈'} 때 IPsec으로 ${protects ? '보호하는' : '보호하지 않는'}`;
    }
    case 'ipvs':
      return `IPVS가 ${is('나누는', '나누지 않는')}${match.value === null ? '' : ` (${match.test} ${match.value})`}`;
    case 'socket':
      return `열린${match.transparent ? ' 투명(transparent)' : ''} 소켓이 ${is('있는', '없는')}`;
    case 'extensionHeader':
      return `${match.header} 헤더가 ${is('있는', '없는')}`;
    case 'stateful':
      return `${match.module} 조건(${match.words.join(' ')})에 ${is('맞는', '맞지 않는')}`;
    case 'comment':
    case 'unknown':
      return '';
    default: {
      const never: never = match;
      return never;
    }
  }
}

function physdevWords({ test, name, not }: Extract<IptablesMatch, { kind: 'physdev' }>): string {
  const is = (yes: string, no: string): string => (not ? no : yes);
  switch (test) {
    case 'in':
      return `브리지 포트 ${name}에서 ${is('온', '오지 않은')}`;
    case 'out':
      return `브리지 포트 ${name}에서 ${is('나가는', '나가지 않는')}`;
    case 'isIn':
      return `브리지의 포트로 ${is('들어온', '들어오지 않은')}`;
    case 'isOut':
      return `브리지의 포트로 ${is('나가는', '나가지 않는')}`;
    case 'isBridged':
      return `브리지를 ${is('지나는', '지나지 않는')}`;
    default: {
      const never: never = test;
      return never;
    }
  }
}
