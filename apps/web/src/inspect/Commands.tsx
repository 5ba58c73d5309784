import { useMutation, useQuery } from '@tanstack/react-query';
import { commandsFor } from '@vethscope/graph';
import type { CommandBody, CommandOutputBody, CommandsBody, ErrorBody, Snapshot } from '@vethscope/model';
import { Play } from 'lucide-react';
import { AnswerError, bodyOf, getCommandOutput, getCommands } from '../api/client.ts';
import { useElsewhere } from '../api/live.ts';
import type { Held } from '../api/streamReducer.ts';
import { t } from '../text/text.ts';
import { Bone } from '../ui/Bone.tsx';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { MonoText } from '../ui/MonoText.tsx';
import { Section } from './Section.tsx';

interface CommandsProps {
  record: string;
  /** What holds the record, where that is not what the page shows: what went is held by what was before. */
  still?: Held | null;
  title?: string;
}

/** The commands by which a person sees the same on the host, and what they print now where the agent may run them. */
export function Commands({ record, still, title = t.inspect.commands }: CommandsProps) {
  const shown = useElsewhere();
  const elsewhere = still ?? shown;
  const query = useQuery({
    queryKey: ['commands', record, elsewhere?.epoch, elsewhere?.version],
    queryFn: async ({ signal }) =>
      // The agent knows the host as it is now only.
      elsewhere ? stillCommands(elsewhere.snapshot, record) : bodyOf(await getCommands(record, signal)),
    staleTime: 10_000,
  });
  const why = query.data?.commands.find((command) => !command.runnable)?.why ?? null;
  return (
    <Section title={title}>
      {query.isPending && <Bone className="h-20" />}
      {query.error && <Fault error={asBody(query.error)} />}
      {query.data?.commands.length === 0 && <p className="text-ink-2">{t.inspect.noCommands}</p>}
      {query.data && query.data.commands.length > 0 && (
        <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-sunken">
          {query.data.commands.map((command) => (
            <Command key={command.id} record={record} command={command} />
          ))}
        </ul>
      )}
      {why && <p className="mt-1.5 text-ink-2 text-xs">{t.packages.word(why)}</p>}
    </Section>
  );
}

function stillCommands(snapshot: Snapshot, record: string): CommandsBody {
  const why = t.timeline.notRunnable;
  const commands = commandsFor(snapshot, record).map(({ id, title, display }) => ({
    id,
    title,
    command: display,
    runnable: false,
    why,
  }));
  return { record, commands };
}

function asBody(error: unknown): ErrorBody {
  if (error instanceof AnswerError) return error.body;
  return { code: 'internal', message: String(error), where: null, fix: null };
}

function Command({ record, command }: { record: string; command: CommandBody }) {
  const run = useMutation({ mutationFn: async () => bodyOf(await getCommandOutput(record, command.id)) });
  return (
    <li>
      <div className="flex items-start gap-0.5 py-1 pr-1 pl-2.5">
        <code
          className="min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere py-0.5 font-mono text-[11px] leading-[1.6]"
          title={t.packages.word(command.title)}
        >
          <MonoText text={command.command} />
        </code>
        {command.runnable && (
          <Button
            look="ghost"
            size="smallIcon"
            disabled={run.isPending}
            aria-label={`${run.data ? t.inspect.runAgain : t.inspect.run}: ${command.command}`}
            title={run.isPending ? t.inspect.running : run.data ? t.inspect.runAgain : t.inspect.run}
            onClick={() => run.mutate()}
          >
            <Play size={12} aria-hidden className={run.isPending ? 'pulse' : ''} />
          </Button>
        )}
        <CopyButton text={command.command} label={`${t.copy}: ${command.command}`} doneLabel={t.copied} />
      </div>
      <div aria-live="polite">
        {run.error && (
          <div className="px-2.5 pb-2">
            <Fault error={asBody(run.error)} />
          </div>
        )}
        {run.data && <Output output={run.data} onHide={() => run.reset()} />}
      </div>
    </li>
  );
}

function Output({ output, onHide }: { output: CommandOutputBody; onHide: () => void }) {
  const failed = output.exit !== 0;
  return (
    <div className="border-line border-t bg-surface">
      {output.stdout && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <pre tabIndex={0} className="max-h-72 overflow-auto px-2.5 py-2 font-mono text-[11px] leading-[1.5]">
          {output.stdout.trimEnd()}
        </pre>
      )}
      {output.stderr && (
        <pre className="max-h-40 overflow-auto whitespace-pre-wrap px-2.5 py-2 font-mono text-[11px] text-bad-ink leading-[1.5]">
          {output.stderr.trimEnd()}
        </pre>
      )}
      {!output.stdout && !output.stderr && <p className="px-2.5 py-2 text-ink-2 text-xs">{t.inspect.noOutput}</p>}
      <p className="flex items-center justify-between gap-2 px-2.5 pb-1.5 text-ink-2 text-xs">
        <span className={failed ? 'font-mono text-bad-ink' : 'font-mono'}>
          {t.inspect.exit(output.exit, output.tookMs)}
        </span>
        {output.truncated && <span>{t.inspect.truncated}</span>}
        <Button look="ghost" size="small" onClick={onHide}>
          {t.inspect.hideOutput}
        </Button>
      </p>
    </div>
  );
}

function Fault({ error }: { error: ErrorBody }) {
  return (
    <p role="alert" className="text-xs">
      <span className="text-bad-ink">{error.message}</span>
      {error.where && <span className="block break-all font-mono text-[11px] text-ink-2">{error.where}</span>}
      {error.fix && <span className="block text-ink-2">{error.fix}</span>}
    </p>
  );
}
