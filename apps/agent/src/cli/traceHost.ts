import type { QuestionInput, Snapshot, Trace } from '@vethscope/model';
import { tracePath } from '@vethscope/path';
import { readToEnd } from '../collect/collectRecording.ts';
import type { HostReader } from '../collect/hostReader.ts';
import { sandboxIdOf } from '../collect/namespaceParts.ts';
import { createSnapshotBuilder } from '../live/snapshotBuilder.ts';
import { type Dirt, dirtOf } from '../watch/dirt.ts';
import { systemClock } from '../watch/schedule.ts';

/**
 * A trace of this host as it is now. The rules of a sandbox are a process or more each, by far the most of a whole reading, and a packet passes two or
 * three sandboxes of a hundred: so the question is asked before any of them is read, then those are read that any way led through, and it is
 * asked again, until it leads nowhere else. Throws what `ask` throws, once names that are read from containers' files are there, too.
 */
export async function traceHost(
  reader: HostReader,
  ask: (snapshot: Snapshot) => QuestionInput,
): Promise<{ snapshot: Snapshot; trace: Trace }> {
  const snapshotOf = createSnapshotBuilder();
  let unread: Dirt['parts'] = new Map();

  async function readRest(dirt: Dirt): Promise<Dirt> {
    const later = await reader.read(dirt);
    unread = new Map([...unread, ...later.parts]);
    return { ...later, parts: new Map() };
  }
  await readToEnd(readRest, systemClock);

  for (;;) {
    const snapshot = snapshotOf(reader.recording());
    const visited = new Set<string>();
    const trace = tracePath(snapshot, ask(snapshot), { visited });
    const wanted = reader
      .namespaces()
      .filter(({ target }) => visited.has(sandboxIdOf(target)))
      .flatMap(({ target: { netns } }) => (unread.has(netns) ? [netns] : []));
    if (wanted.length === 0) return { snapshot, trace };
    const dirt = dirtOf({ parts: new Map(wanted.map((netns) => [netns, unread.get(netns) ?? new Set()])) });
    for (const netns of wanted) unread.delete(netns);
    await reader.read(dirt);
  }
}
