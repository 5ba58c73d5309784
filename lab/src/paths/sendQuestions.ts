import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { inParallel } from '../load.ts';
import type { TestHost } from '../testHost.ts';
import { groupedBy } from './groupedBy.ts';
import type { Outcome, PathQuestion, Sender } from './pathQuestion.ts';
import type { ZooPlaces } from './zooPlaces.ts';

export const senderProgram = fileURLToPath(new URL('./sender.mjs', import.meta.url));

/** A question with the source port that it is sent from, by which the kernel's trace of it is found. */
export interface SentQuestion {
  question: PathQuestion;
  sourcePort: number;
}

/** `key` finds the packet in the kernel's trace: its source port, or the id of an echo request. `address`: what a name was resolved to. */
export interface SeenAnswer extends SentQuestion {
  outcome: Outcome;
  address: string | null;
  key: number;
}

interface SenderAnswer {
  id: number;
  outcome: Outcome;
  address: string | null;
  icmpId?: number;
}

/** Shorter than the second after which a SYN is sent again, so that each question is one packet. */
const habitualMs = 800;
/** Questions under way at once in one namespace, and namespaces at once: more makes the machine late, and lateness looks like a drop. */
const width = 10;
const namespacesAtOnce = 6;

/** Sends every packet from the namespace of its sender, and gives what became of each, in the order of the list. */
export async function sendQuestions(
  host: TestHost,
  {
    places,
    questions,
    timeoutMs = habitualMs,
  }: { places: ZooPlaces; questions: readonly SentQuestion[]; timeoutMs?: number },
): Promise<SeenAnswer[]> {
  const bySender = groupedBy(questions.entries(), ([, { question }]) => question.from);
  const seen: SeenAnswer[] = [];
  await inParallel([...bySender], namespacesAtOnce, async ([sender, entries]) => {
    const batch = {
      questions: entries.map(([id, { question, sourcePort }]) => ({
        id,
        ...question.to,
        protocol: question.protocol,
        port: question.port,
        sourcePort,
      })),
      ...(await namesKnownTo(host, { places, sender })),
      timeoutMs,
      width,
    };
    const answers = JSON.parse(
      await runSender(host, { places, sender, input: JSON.stringify(batch) }),
    ) as SenderAnswer[];
    for (const { id, outcome, address, icmpId } of answers) {
      const sent = questions[id];
      if (sent === undefined)
        throw new Error(`The sender in ${sender} answered a question that it was not asked: ${id}.`);
      seen[id] = { ...sent, outcome, address, key: icmpId ?? sent.sourcePort };
    }
  });
  return seen;
}

interface SenderRun {
  places: ZooPlaces;
  sender: Sender;
  input: string;
}

function runSender(host: TestHost, { places, sender, input }: SenderRun): Promise<string> {
  const command = [process.execPath, senderProgram];
  const options = { input, timeoutMs: 120_000 };
  if (sender === 'lan' || sender === 'internet') return host.lan.exec(sender, command, options);
  return host.exec([...enterOnHost(places, sender), ...command], options);
}

/** The words before a command on the host to run it in a container's network namespace. It keeps the host's files and process ids. */
export function enterOnHost(places: ZooPlaces, sender: Sender): string[] {
  if (sender === 'host') return [];
  const name = sender.slice('container:'.length);
  const pid = places.pids.get(name);
  if (pid === undefined) throw new Error(`There is no running container "${name}" to send from.`);
  return ['nsenter', '--target', String(pid), '--net', '--'];
}

/** What the sender's own files say of names: the sender runs with the host's files and would read those. */
async function namesKnownTo(
  host: TestHost,
  { places, sender }: { places: ZooPlaces; sender: Sender },
): Promise<{ hosts: Record<string, string>; nameservers: string[] }> {
  if (!sender.startsWith('container:')) return { hosts: {}, nameservers: [] };
  const pid = places.pids.get(sender.slice('container:'.length));
  // The pid is the host's number; its files are reached through the host's own /proc.
  const file = (name: string) => readFile(`/proc/${host.pid}/root/proc/${pid}/root/etc/${name}`, 'utf8');
  const [hosts, resolv] = await Promise.all([file('hosts'), file('resolv.conf')]);
  const words = (text: string) =>
    text
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
      .filter(([first]) => first);
  return {
    hosts: Object.fromEntries(
      words(hosts).flatMap(([address = '', ...names]) =>
        address.includes(':') ? [] : names.map((name) => [name, address]),
      ),
    ),
    nameservers: words(resolv).flatMap(([key, value]) => (key === 'nameserver' && value !== undefined ? [value] : [])),
  };
}
