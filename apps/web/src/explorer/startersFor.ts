import type { Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import type { PathWords } from '../view/PageActions.tsx';
import { isUp, portsOf, publishedWord, senderWord, somewhereOutside, withPort } from './ends.ts';

export interface Starter {
  text: string;
  note: string;
  words: Required<Pick<PathWords, 'from' | 'to' | 'proto'>>;
}

const mostPublished = 4;
const mostPairs = 4;
const mostOut = 2;

/** Questions that a host invites: who comes in by its published ports, who reaches whom, who gets out. */
export function startersFor(snapshot: Snapshot): Starter[] {
  const { records } = snapshot;
  const words = t.explorer.empty;
  const starters = new Map<string, Starter>();
  const add = (starter: Starter) => starters.set(starter.text, starters.get(starter.text) ?? starter);
  for (const port of Object.values(records.publishedPort)) {
    const to = publishedWord(port);
    if (to === null || !port.active || port.hostAddress.startsWith('127.') || starters.size >= mostPublished) continue;
    const note = words.internetNote(records.container[port.container]?.name ?? '');
    add({ text: words.internet(String(port.hostPort)), note, words: { from: 'internet', to, proto: port.protocol } });
  }
  const published = starters.size;
  const up = Object.values(records.container).filter(isUp);
  const endpoints = Object.values(records.endpoint);
  for (const sender of up) {
    const own = new Set(endpoints.flatMap(({ container, network }) => (container === sender.id ? network : [])));
    for (const { container, network } of endpoints) {
      const receiver = records.container[container];
      if (starters.size >= published + mostPairs || !own.has(network)) continue;
      if (!receiver || receiver === sender || !isUp(receiver)) continue;
      const [first] = portsOf(snapshot, receiver);
      if (first?.by !== 'socket') continue;
      const to = withPort(receiver.name, first.port);
      const note = records.network[network]?.name ?? '';
      add({
        text: words.between(sender.name, to),
        note,
        words: { from: senderWord(sender.name), to, proto: first.protocol },
      });
    }
  }
  for (const sender of up.filter(({ mode }) => mode === 'network').slice(0, mostOut)) {
    const from = senderWord(sender.name);
    add({ text: words.out(sender.name), note: words.outNote, words: { from, to: somewhereOutside, proto: 'tcp' } });
  }
  return [...starters.values()];
}
