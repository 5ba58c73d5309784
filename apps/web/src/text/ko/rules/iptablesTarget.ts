import type { IptablesTarget } from '@vethscope/model';
import { masked, ports } from './iptables.ts';

/** "192.0.2.1-192.0.2.9:80", an IPv6 address before a port in brackets. */
function place(target: Extract<IptablesTarget, { kind: 'dnat' | 'snat' }>): string {
  const range = target.addressTo === null ? (target.address ?? '') : `${target.address}-${target.addressTo}`;
  if (target.ports === null) return range;
  if (target.address === null) return `포트 ${ports(target.ports)}`;
  return `${range.includes(':') ? `[${range}]` : range}:${ports(target.ports)}`;
}

/** What becomes of the packet. */
export function targetWords(target: IptablesTarget | null): string {
  switch (target?.kind) {
    case undefined:
      return '세기만 합니다';
    case 'accept':
      return '허용합니다';
    case 'drop':
      return '버립니다';
    case 'return':
      return '호출한 체인으로 돌려보냅니다';
    case 'reject':
      return `거절합니다 (${target.with})`;
    case 'jump':
      return `${target.chain} 체인에서 검사합니다`;
    case 'goto':
      return `${target.chain} 체인에 넘깁니다`;
    case 'dnat':
      return `목적지를 바꿉니다: ${place(target)}`;
    case 'snat':
      return `출발지를 바꿉니다: ${place(target)}`;
    case 'masquerade':
      return `출발지를 나가는 링크의 주소로 바꿉니다${target.ports ? `, 포트 ${ports(target.ports)}` : ''}`;
    case 'redirect':
      return `이 호스트로 돌립니다${target.ports ? `, 포트 ${ports(target.ports)}` : ''}`;
    case 'netmap':
      return `네트워크를 바꿉니다: ${target.to}`;
    case 'npt':
      return `${target.side === 'source' ? '출발지' : '목적지'} 프리픽스를 바꿉니다: ${target.from} → ${target.to}`;
    case 'mark':
      return `마크를 붙입니다: ${masked(target)}`;
    case 'connmark':
      if (target.operation === 'set') return `연결에 마크를 붙입니다: ${masked(target)}`;
      return target.operation === 'save' ? '마크를 연결에 저장합니다' : '연결의 마크를 붙입니다';
    case 'notrack':
      return '연결 추적에서 뺍니다';
    case 'ct':
      return target.notrack ? '연결 추적에서 뺍니다' : `연결을 추적합니다 (${target.words.join(' ')})`;
    case 'tproxy':
      return `이 호스트의 소켓에 넘깁니다: ${target.address ?? '링크의 주소'}, 포트 ${target.port}`;
    case 'queue':
      return `프로그램의 큐에 넣습니다${target.number === null ? '' : ` (큐 ${target.number})`}`;
    case 'passing':
    case 'stateful':
      return `${[target.name, ...target.words].join(' ')} 처리를 거칩니다`;
    case 'unknown':
      return `${target.name} 타깃을 만납니다`;
    default: {
      const never: never = target;
      return never;
    }
  }
}
