import type { Packet, Snapshot, Step } from '@vethscope/model';

export interface StepWords {
  title: string;
  detail: string;
  tone: 'plain' | 'quiet' | 'change' | 'bad';
}

/** A step in two short lines. Its own sentence is longer, and is said where the pointer rests. */
export function stepWords(step: Step, snapshot: Snapshot): StepWords {
  const { link: links, route: routes, proxy: proxies, socket: sockets } = snapshot.records;
  const nameOf = (link: string | null) => (link === null ? '' : (links[link]?.name ?? ''));
  const { before, after } = step;
  switch (step.kind) {
    case 'originate':
      return {
        title: 'Sent',
        detail: `${after.protocol} to ${at(after.destination, after.destinationPort)}`,
        tone: 'plain',
      };
    case 'receive':
      return { title: nameOf(step.link) || 'Link', detail: 'received', tone: 'plain' };
    case 'transmit':
      return { title: nameOf(step.link) || 'Link', detail: 'sent', tone: 'plain' };
    case 'deliver': {
      const socket = step.socket === null ? undefined : sockets[step.socket];
      return {
        title: 'Received',
        detail: socket ? `by ${at(socket.address, socket.port)}` : 'by the kernel',
        tone: 'plain',
      };
    }
    case 'resolve':
      return {
        title: step.name,
        detail: step.answer.length > 0 ? step.answer.join(', ') : 'no answer',
        tone: step.answer.length > 0 ? 'plain' : 'bad',
      };
    case 'route': {
      const route = step.route === null ? undefined : routes[step.route];
      if (!route) return { title: 'Route', detail: `none to ${after.destination}`, tone: 'bad' };
      const way = [
        route.gateway === null ? null : `via ${route.gateway}`,
        nameOf(route.link) === '' ? null : `dev ${nameOf(route.link)}`,
      ];
      const kind = route.kind === 'unicast' ? '' : `${route.kind} `;
      return { title: 'Route', detail: `${kind}${way.filter((part) => part !== null).join(' ')}`, tone: 'plain' };
    }
    case 'neighbor':
      return { title: 'Neighbour', detail: `${step.address} ${step.mac ?? ''}`.trim(), tone: 'quiet' };
    case 'bridge': {
      const outcomes = { forward: 'out by', flood: 'floods, by', local: 'for the host, from' } as const;
      return { title: nameOf(step.bridge), detail: `${outcomes[step.outcome]} ${nameOf(step.port)}`, tone: 'plain' };
    }
    case 'conntrack':
      return { title: 'conntrack', detail: step.state, tone: 'quiet' };
    case 'chain': {
      const stops = step.verdict === 'drop' || step.verdict === 'reject';
      const number = step.chain.evaluated.filter(({ matched }) => matched === 'yes').length;
      const by = step.byPolicy
        ? `${step.verdict}, by policy`
        : number > 0
          ? `${step.verdict}, by a rule`
          : step.verdict;
      return {
        title: `${step.family} ${step.table} ${step.chain.name}`,
        detail: by,
        tone: stops ? 'bad' : step.byPolicy ? 'quiet' : 'plain',
      };
    }
    case 'translate':
      return { title: 'Translated', detail: changeWords(before, after), tone: 'change' };
    case 'proxy':
      return {
        title: 'docker-proxy',
        detail: proxies[step.process] ? `process ${proxies[step.process]?.pid}` : 'ends it here',
        tone: 'change',
      };
    case 'unmodelled':
      return { title: 'Not modelled', detail: step.why, tone: 'bad' };
  }
}

/** "198.18.0.28:8080 → 172.17.0.4:80": the end of the packet that is another now. */
function changeWords(before: Packet, after: Packet): string {
  const ends = [
    [at(before.destination, before.destinationPort), at(after.destination, after.destinationPort)],
    [at(before.source, before.sourcePort), at(after.source, after.sourcePort)],
  ];
  const changed = ends.find(([from, to]) => from !== to) ?? ends[0];
  return `${changed?.[0]} → ${changed?.[1]}`;
}

function at(address: string, port: number | null): string {
  if (port === null) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
