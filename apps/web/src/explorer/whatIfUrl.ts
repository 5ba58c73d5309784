import type { WhatIf } from '@vethscope/path';

/** What-if changes as a link carries them: a list of words for each kind, `host` where a container could stand. */
export interface WhatIfWords {
  lift: string[];
  accept: string[];
  open: string[];
  listen: string[];
  sysctl: string[];
}

const hostWord = 'host';
const placeOf = (word: string): string | null => (word === hostWord ? null : word.replace(/^container:/, ''));
const wordOf = (container: string | null): string =>
  container === null ? hostWord : container === hostWord ? `container:${container}` : container;

const portOf = (word: string | undefined): number | null => {
  const port = Number(word);
  return Number.isInteger(port) && port >= 1 && port <= 65535 ? port : null;
};

/** Changes to words. */
export function whatIfWords(changes: readonly WhatIf[]): WhatIfWords {
  const words: WhatIfWords = { lift: [], accept: [], open: [], listen: [], sysctl: [] };
  for (const change of changes) {
    switch (change.kind) {
      case 'lift':
        words.lift.push(change.rule);
        break;
      case 'accept':
        words.accept.push(change.chain);
        break;
      case 'open':
        words.open.push([change.protocol, change.address, change.port ?? '-', change.chain].join(' '));
        break;
      case 'listen':
        words.listen.push([wordOf(change.container), change.protocol, change.address, change.port].join(' '));
        break;
      case 'sysctl':
        words.sysctl.push([wordOf(change.container), `${change.name}=${change.value}`].join(' '));
        break;
    }
  }
  return words;
}

/** Words to changes. What a link says in another form is left out, as though it were not there. */
export function whatIfOf(words: WhatIfWords): WhatIf[] {
  return [
    ...words.lift.map((rule): WhatIf => ({ kind: 'lift', rule })),
    ...words.accept.map((chain): WhatIf => ({ kind: 'accept', chain })),
    ...words.open.flatMap((text): WhatIf[] => {
      const [, protocol, address, port, chain] = /^(tcp|udp|sctp|icmp) (\S+) (-|\d+) (.+)$/.exec(text) ?? [];
      if (protocol === undefined || address === undefined || chain === undefined) return [];
      return [{ kind: 'open', protocol, address, port: portOf(port), chain }];
    }),
    ...words.listen.flatMap((text): WhatIf[] => {
      const [place, protocol, address, number] = text.split(' ');
      const port = portOf(number);
      if (place === undefined || address === undefined || port === null) return [];
      if (protocol !== 'tcp' && protocol !== 'udp' && protocol !== 'sctp') return [];
      return [{ kind: 'listen', container: placeOf(place), protocol, address, port }];
    }),
    ...words.sysctl.flatMap((text): WhatIf[] => {
      const [, place, name, value] = /^(\S+) ([\w./-]+)=(\S+)$/.exec(text) ?? [];
      if (place === undefined || name === undefined || value === undefined) return [];
      return [{ kind: 'sysctl', container: placeOf(place), name, value }];
    }),
  ];
}
