import { ErrorBody, ids, ProbeResult } from '@vethscope/model';
import { agentCommand } from '../agentSnapshot.ts';
import { sameSpelling } from '../paths/conntrackTable.ts';
import { type PacketTrace, ruleText } from '../paths/packetTrace.ts';
import { type PathQuestion, questionInput, questionText } from '../paths/pathQuestion.ts';
import { lastLines } from '../runCommand.ts';
import type { TestHost } from '../testHost.ts';
import { monitorTrace } from './traceMonitor.ts';

/** One probe of the lab: what vethscope says of it, or why it did not send it. */
export interface ProbedQuestion {
  question: PathQuestion;
  result: ProbeResult | null;
  /** What is not as it should be, line by line; empty where all agrees. Without a result: there was rightly nothing to send. */
  faults: string[];
}

function answerOf(line: string): ProbeResult | { error: ErrorBody } {
  const body: unknown = JSON.parse(line);
  if (typeof body === 'object' && body !== null && 'error' in body) return { error: ErrorBody.parse(body.error) };
  return ProbeResult.parse(body);
}

/** Half a thousand probes, some of which wait for an answer that does not come. */
const deadlineMs = 20 * 60_000;

/** Sends a probe for each question, one after the other, and holds what vethscope observed against `nft monitor trace`. */
export async function probeQuestions(host: TestHost, questions: readonly PathQuestion[]): Promise<ProbedQuestion[]> {
  const listener = host.iptables === 'legacy' ? null : await monitorTrace(host);
  const input = questions.map((question) => `${JSON.stringify(requestOf(question))}\n`).join('');
  // Its exit status says whether all agree, which is looked at here one by one.
  const { stdout, stderr } = await host.tryExec(agentCommand('probe', '--requests'), { input, timeoutMs: deadlineMs });
  const traces = listener === null ? null : await listener.stop();
  const answers = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(answerOf);
  if (answers.length !== questions.length)
    throw new Error(
      `vethscope answered ${answers.length} of ${questions.length} probes. It said: ${lastLines(stderr, 5)}`,
    );
  return questions.map((question, at): ProbedQuestion => {
    const answer = answers[at];
    if (answer === undefined || 'error' in answer) {
      // A name that the sender cannot resolve leads nowhere: there is no packet to send, and vethscope says so.
      const isNowhere = 'name' in question.to && answer?.error.code === 'probeNotPossible';
      return { question, result: null, faults: isNowhere ? [] : [`not sent: ${answer?.error.message}`] };
    }
    return { question, result: answer, faults: [...faultsOf(answer), ...monitorFaults(answer, traces)] };
  });
}

/** Addresses that nobody on the host has are confirmed: outside the lab's host there is only the lab. */
function requestOf(question: PathQuestion): unknown {
  const asked = { ...questionInput(question, 0), sourcePort: null };
  return { question: asked, confirmedAddress: 'address' in question.to ? question.to.address : null };
}

function faultsOf({ outcome, places, cleanedUp, predicted, agrees }: ProbeResult): string[] {
  const faults: string[] = [];
  if (outcome.same === false)
    faults.push(`outcome: ${outcome.observed} (${outcome.detail ?? '-'}), predicted ${outcome.expected.join(' or ')}`);
  for (const { name, direction, leg, rules } of places) {
    for (const { predicted: expected, observed, same } of rules) {
      if (same !== false) continue;
      const words = (rule: typeof expected) =>
        rule === null ? 'nothing' : `${rule.table} ${rule.chain} ${rule.rule} ${rule.verdict}`;
      faults.push(`${direction} ${leg} in ${name}: ${words(observed)}, predicted ${words(expected)}`);
    }
  }
  if (!cleanedUp) faults.push('the table is left');
  if (faults.length > 0) faults.push(`because: ${predicted.cause.sentence}`);
  else if (!agrees) faults.push('agrees is false, and nothing differs');
  return faults;
}

/** The rules of the host that both programs heard of the packet as it was sent. */
function monitorFaults({ sent, places }: ProbeResult, traces: readonly PacketTrace[] | null): string[] {
  if (traces === null || sent.protocol === 'icmp') return [];
  const heard = traces.find(
    ({ protocol, key, destination }) =>
      protocol === sent.protocol &&
      key === sent.sourcePort &&
      sameSpelling(destination) === sameSpelling(sent.destination),
  );
  const theirs = (heard?.rules ?? []).map(ruleText);
  const place = places.find(
    (each) => each.leg === 0 && each.direction === 'request' && each.sandbox === ids.hostSandbox,
  );
  const ours = (place?.rules ?? []).flatMap(({ observed }) =>
    observed === null
      ? []
      : [ruleText([observed.family, observed.table, observed.chain, observed.rule, observed.verdict])],
  );
  if (theirs.join('\n') === ours.join('\n')) return [];
  return [
    'nft monitor trace says otherwise:',
    ...theirs.map((line) => `  ${line}`),
    'than vethscope heard:',
    ...ours.map((line) => `  ${line}`),
  ];
}

export const probedText = ({ question, faults }: ProbedQuestion): string =>
  [questionText(question), ...faults.map((line) => `  ${line}`)].join('\n');
