import type { Snapshot, Trace } from '@vethscope/model';
import { type QuestionWords, readQuestion, traceMarkdown, traceMermaid, tracePath, traceText } from '@vethscope/path';
import { lanesSceneOf, svgOf, type ThemeName } from '@vethscope/picture';
import { Command, Option } from 'commander';
import { exitStatusOf } from '../trace/exitStatusOf.ts';
import { paintFor } from '../trace/paint.ts';
import { openHost } from './openHost.ts';
import { dockerSocketOption, recordingOption, type SharedOptions } from './options.ts';
import { readSnapshot } from './readSnapshot.ts';
import { traceHost } from './traceHost.ts';

interface TraceOptions extends SharedOptions, QuestionWords {
  json?: boolean;
  mermaid?: boolean;
  markdown?: boolean;
  svg?: boolean;
  theme: ThemeName;
}

const after = `
Examples:
  vethscope trace --from internet --to host:8080
  vethscope trace --from web --to db:5432
  vethscope trace --from 192.168.1.20 --to container:web:80
  vethscope trace --from container:web --to 1.1.1.1 --proto icmp
Exit status: 0 it arrives, 1 it does not, 2 it cannot be told from what was read, 64 the question is not understood.`;

/** `vethscope trace`: what the kernel would do with a packet, and why. Nothing is sent. */
export function traceCommand(): Command {
  return new Command('trace')
    .description('predict the way of a packet, hop by hop, and what stops it')
    .requiredOption('--from <sender>', 'host, internet, an address, or the name of a container')
    .requiredOption('--to <target>', 'ADDRESS:PORT, [IPV6]:PORT, host:PORT, container:NAME:PORT, or NAME:PORT')
    .option('--proto <protocol>', 'tcp, udp, icmp or sctp', 'tcp')
    .option('--source-port <number>', 'the port that it is sent from (default: one that the kernel chooses)')
    .addOption(new Option('--json', 'the whole trace').conflicts(['mermaid', 'markdown', 'svg']))
    .addOption(new Option('--mermaid', 'a flowchart in the language of Mermaid').conflicts(['json', 'markdown', 'svg']))
    .addOption(new Option('--markdown', 'for a ticket').conflicts(['json', 'mermaid', 'svg']))
    .addOption(new Option('--svg', 'a picture of the steps as lanes').conflicts(['json', 'mermaid', 'markdown']))
    .addOption(new Option('--theme <theme>', 'colours of the picture').choices(['light', 'dark']).default('light'))
    .addOption(dockerSocketOption())
    .addOption(recordingOption())
    .addHelpText('after', after)
    .action(async (options: TraceOptions) => {
      const { snapshot, trace } = await traceOf(options);
      const text = options.json
        ? `${JSON.stringify(trace)}\n`
        : options.mermaid
          ? traceMermaid(snapshot, trace)
          : options.markdown
            ? traceMarkdown(snapshot, trace)
            : options.svg
              ? svgOf(lanesSceneOf(snapshot, trace, { theme: options.theme }))
              : traceText(snapshot, trace, paintFor(process.stdout, process.env));
      process.stdout.write(text);
      process.exitCode = exitStatusOf(trace);
    });
}

async function traceOf(options: TraceOptions): Promise<{ snapshot: Snapshot; trace: Trace }> {
  const ask = (snapshot: Snapshot) => readQuestion(snapshot, options);
  if (options.recording !== undefined) {
    const snapshot = await readSnapshot(options);
    return { snapshot, trace: tracePath(snapshot, ask(snapshot)) };
  }
  // A trace says nothing of variables or labels: to mask them would take a tenth of its time.
  const { reader, kernel } = openHost({ dockerSocket: options.dockerSocket ?? null, unmasked: true });
  try {
    return await traceHost(reader, ask);
  } finally {
    await kernel.close();
  }
}
