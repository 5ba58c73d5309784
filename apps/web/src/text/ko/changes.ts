import type { Change, FieldChange } from '@vethscope/graph';
import { word } from './words.ts';

/** The names of fields that a comparison tells, as packages/graph calls them. */
const fieldNames: Record<string, string> = {
  version: '버전',
  firewall: '방화벽',
  swarm: 'Swarm',
  'userland proxy': '사용자 공간 프록시',
  kernel: '커널',
  driver: '드라이버',
  subnets: '서브넷',
  gateways: '게이트웨이',
  internal: '내부 네트워크',
  parent: '부모',
  options: '옵션',
  state: '상태',
  health: '헬스 체크',
  image: '이미지',
  command: '명령',
  'network mode': '네트워크 모드',
  hostname: '호스트 이름',
  'extra hosts': '추가 호스트',
  gateway: '게이트웨이',
  aliases: '별칭',
  'gateway priority': '게이트웨이 우선순위',
  open: '열림',
  'served by': '처리',
  'somebody listens': '대기 중',
  mode: '모드',
  replicas: '복제본',
  ports: '포트',
  kind: '종류',
  'port of': '소속 브리지',
  'port state': '포트 상태',
  isolated: '격리',
  hairpin: 'hairpin',
  'VLAN filtering': 'VLAN 필터링',
  way: '가는 길',
  source: '출발지',
  process: '프로세스',
  flags: '플래그',
  value: '값',
  policy: '정책',
  hook: '훅',
  priority: '우선순위',
  elements: '원소',
  read: '읽기 상태',
  reason: '이유',
};

/** One line without a full stop: "my-web: front-net에 연결됨, 172.18.0.3". */
export function change(told: Change): string {
  const where = told.place === null ? '' : ` (${told.place === 'host' ? '호스트' : told.place})`;
  const beside = told.note === '' ? '' : `, ${noteWords(told.note)}`;
  if (told.change === 'changed') return `${subject(told)}${where}: ${told.fields.map(fieldWords).join('; ')}`;
  const came = told.change === 'came';
  switch (told.kind) {
    case 'endpoint': {
      const [container, network] = told.title.split(' on ');
      return `${container}: ${network} 네트워크${came ? '에 연결됨' : '에서 분리됨'}${beside}`;
    }
    case 'port':
      return `포트 ${told.title}: ${came ? '공개됨' : '공개 중단'}, ${told.note.replace(/^to /, '→ ')}`;
    case 'socket':
      return `${told.place === 'host' ? '호스트' : told.place}: ${told.title} ${came ? '대기 시작' : '대기 중단'}${beside}`;
    case 'rule':
      return `${noteWords(told.note)}${where} ${came ? '추가됨' : '삭제됨'}: ${told.title}`;
    case 'network':
    case 'container':
    case 'service':
    case 'link':
    case 'address':
    case 'route':
    case 'policyRule':
    case 'chain':
    case 'set':
      return `${subject(told)}${where} ${came ? '생김' : '사라짐'}${beside}`;
    case 'engine':
    case 'sysctl':
    case 'source':
      return `${subject(told)}${where} ${came ? '있음' : '없음'}${beside}`;
  }
}

function subject({ kind, title }: Change): string {
  switch (kind) {
    case 'network':
      return `네트워크 ${title}`;
    case 'service':
      return `서비스 ${title}`;
    case 'chain':
      return `체인 ${title}`;
    case 'set':
      return `집합 ${title}`;
    case 'route':
      return `경로 ${title}`;
    case 'source':
      return `소스 ${title}`;
    case 'policyRule':
      return `ip rule ${title}`;
    case 'port':
      return `포트 ${title}`;
    case 'socket':
      return `대기 소켓 ${title}`;
    case 'endpoint':
      return title.replace(' on ', ' · ');
    case 'engine':
    case 'container':
    case 'link':
    case 'address':
    case 'sysctl':
    case 'rule':
      return title;
  }
}

/** "on eth0", "3 rules", "ip nat DOCKER, rule 2", "bridge, 172.18.0.0/16, internal". */
function noteWords(note: string): string {
  return note
    .split(', ')
    .map((part) =>
      part
        .replace(/^on (\S+)$/, '링크 $1')
        .replace(/^(\d+) rules?$/, '규칙 $1개')
        .replace(/^(\d+) elements$/, '원소 $1개')
        .replace(/^rule (\d+)$/, '규칙 $1')
        .replace(/^internal$/, '내부 네트워크'),
    )
    .join(', ');
}

function fieldWords({ field, before, after }: FieldChange): string {
  if (field === 'started') return '다시 시작됨';
  if (field === 'made') return '새로 만들어짐';
  const name = fieldNames[field] ?? field;
  if (before === null) return `${name} ${word(after ?? '')}`;
  if (after === null) return `${name} ${word(before)} → 없음`;
  return `${name} ${word(before)} → ${word(after)}`;
}
