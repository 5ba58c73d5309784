import { createInterface } from 'node:readline';
import { type ErrorBody, ProbeRequest, type ProbeResult, type Snapshot, VethscopeError } from '@vethscope/model';
import { snapshotOf } from '@vethscope/parse';
import { type QuestionWords, readQuestion } from '@vethscope/path';
import { Command, Option } from 'commander';
import { collectRecording } from '../collect/collectRecording.ts';
import { createProber, type Prober } from '../probe/prober.ts';
import { probeText } from '../probe/probeText.ts';
import { sweepProbes } from '../probe/sweepProbes.ts';
import { asVethscopeError } from '../server/answerErrors.ts';
import { paintFor } from '../trace/paint.ts';
import { openHost } from './openHost.ts';
import { dockerSocketOption, type SharedOptions } from './options.ts';

interface ProbeOptions extends Omit<SharedOptions, 'recording'>, Partial<QuestionWords> {
  confirm?: string;
  json?: boolean;
  requests?: boolean;
}

const after = `
Examples:
  sudo vethscope probe --from host --to container:web:80
  sudo vethscope probe --from web --to db:5432
  sudo vethscope probe --from web --to 1.1.1.1:53 --proto udp --confirm 1.1.1.1
--requests reads ProbeRequests, as the page sends them, and prints a ProbeResult or {"error": …} for each. The host is read once.
Exit status: 0 the kernel did as predicted, 1 it did not, 64 it cannot be probed, 77 not root.`;

/** `vethscope probe`: sends one packet for real, and prints what the kernel did beside what is predicted. */
export function probeCommand(): Command {
  return new Command('probe')
    .description('send one packet for real, and compare with what is predicted (root)')
    .option('--from <sender>', 'host, or the name of a container')
    .option('--to <target>', 'ADDRESS:PORT, [IPV6]:PORT, host:PORT, container:NAME:PORT, or NAME:PORT')
    .option('--proto <protocol>', 'tcp, udp or icmp', 'tcp')
    .option('--source-port <number>', 'the port that it is sent from (default: one that the kernel chooses)')
    .option('--confirm <address>', 'send it to this address, though it is outside this host')
    .option('--json', 'the whole result')
    .addOption(
      new Option('--requests', 'many, one JSON object a line, from standard input').conflicts([
        'from',
        'to',
        'confirm',
      ]),
    )
    .addOption(dockerSocketOption())
    .addHelpText('after', after)
    .action(probe);
}

async function probe(options: ProbeOptions): Promise<void> {
  const { kernel, reader, isRoot } = openHost({ dockerSocket: options.dockerSocket ?? null, unmasked: false });
  try {
    const snapshot = snapshotOf(await collectRecording(reader));
    const namespaces = () => reader.namespaces();
    const prober = createProber({
      kernel,
      namespaces,
      snapshot: async () => snapshot,
      availability: () =>
        isRoot
          ? { allowed: true, why: null, fix: null }
          : { allowed: false, why: 'Only root may send live probes.', fix: 'sudo npx vethscope probe …' },
    });
    if (isRoot) await sweepProbes(kernel, namespaces());
    process.exitCode = options.requests ? await probeAll(prober) : await probeOne(prober, snapshot, options);
  } finally {
    await kernel.close();
  }
}

async function probeOne(prober: Prober, snapshot: Snapshot, options: ProbeOptions): Promise<number> {
  const { from, to, proto = 'tcp', sourcePort, confirm, json } = options;
  if (from === undefined || to === undefined)
    throw new VethscopeError('usage', 'A probe has a sender and a target.', { fix: 'Give --from and --to.' });
  const question = readQuestion(snapshot, { from, to, proto, sourcePort });
  const result = await prober.probe(ProbeRequest.parse({ question, confirmedAddress: confirm ?? null }));
  const text = json ? `${JSON.stringify(result)}\n` : probeText(result, paintFor(process.stdout, process.env));
  process.stdout.write(text);
  return result.agrees ? 0 : 1;
}

async function probeAll(prober: Prober): Promise<number> {
  let differing = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    const answer = await answerTo(prober, line);
    if ('error' in answer || !answer.agrees) differing += 1;
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }
  return differing === 0 ? 0 : 1;
}

async function answerTo(prober: Prober, line: string): Promise<ProbeResult | { error: ErrorBody }> {
  try {
    return await prober.probe(ProbeRequest.parse(JSON.parse(line)));
  } catch (error) {
    return { error: asVethscopeError(error).toBody() };
  }
}
