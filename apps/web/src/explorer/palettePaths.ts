import type { Snapshot } from '@vethscope/model';
import { t } from '../text/text.ts';
import { isUp, portsOf, publishedWord, senderWord, withPort } from './ends.ts';
import { type Starter, startersFor } from './startersFor.ts';

const mostOffered = 6;
const mostSenders = 300;

const pathTo = (from: string, to: string, rest: { note: string; proto: Starter['words']['proto'] }): Starter => ({
  text: t.explorer.palette.path(from, to),
  note: rest.note,
  words: { from, to, proto: rest.proto },
});

/** Every question with a published port, or between two containers of which one is named. */
function* pathsOf(snapshot: Snapshot, words: readonly string[]): Generator<Starter> {
  const { records } = snapshot;
  for (const port of Object.values(records.publishedPort)) {
    const to = publishedWord(port);
    const note = records.container[port.container]?.name ?? '';
    if (to !== null && port.active) yield pathTo('internet', to, { note, proto: port.protocol });
  }
  const up = Object.values(records.container).filter(isUp).slice(0, mostSenders);
  const named = up.filter(({ name }) => words.some((word) => name.toLowerCase().includes(word)));
  for (const receiver of up) {
    const [first] = portsOf(snapshot, receiver);
    if (!first) continue;
    const to = withPort(`container:${receiver.name}`, first.port);
    const senders = named.includes(receiver) ? up : named;
    for (const sender of senders) {
      if (sender === receiver) continue;
      yield pathTo(senderWord(sender.name), to, { note: receiver.image, proto: first.protocol });
    }
  }
}

/** Paths that the words mean, each word anywhere in the question ("path web api", "8080"); without words the ones that one asks first. */
export function palettePaths(snapshot: Snapshot, typed: string): Starter[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return startersFor(snapshot).slice(0, 3);
  // A port is published once for each address family, and asked for once.
  const found = new Map<string, Starter>();
  for (const path of pathsOf(snapshot, words)) {
    const text = `${path.text} ${path.note}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.set(`${path.words.proto} ${path.text}`, path);
    if (found.size >= mostOffered) break;
  }
  return [...found.values()];
}
