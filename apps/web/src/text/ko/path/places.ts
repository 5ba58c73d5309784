import type { Elsewhere, Place } from '@vethscope/path';

/** After a name stands a word for what it is, so that no particle depends on how the name ends. */
export function where({ kind, name }: Place): string {
  switch (kind) {
    case 'host':
      return '호스트';
    case 'container':
      return `컨테이너 ${name}`;
    case 'docker':
      return `Docker 네임스페이스 ${name}`;
    default: {
      const never: never = kind;
      return never;
    }
  }
}

export const withPort = (address: string, port: number | null): string =>
  port === null ? `${address} 주소` : `${address} 주소의 ${port}번 포트`;

/** "eth0 링크로 나가고", "컨테이너 web에서 끝나고". */
export const endsElsewhere = (end: Elsewhere): string =>
  end.kind === 'left' ? `${end.link} 링크로 나가고` : `${where(end.at)}에서 끝나고`;
