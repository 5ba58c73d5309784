import type { BookChain, RuleThing } from '@vethscope/graph';
import type { PublishedPort, Question, Rule } from '@vethscope/model';
import type { ReactNode } from 'react';
import { Commands } from '../inspect/Commands.tsx';
import { t } from '../text/text.ts';
import { Button } from '../ui/Button.tsx';
import { CopyButton } from '../ui/CopyButton.tsx';
import { useBookActions } from './bookActions.ts';
import { ThingChips } from './ThingChips.tsx';
import { useRuleCount } from './useRuleCount.ts';
import { WithoutIt } from './WithoutIt.tsx';

interface RuleDetailsProps {
  rule: Rule;
  entry: BookChain;
  things: readonly RuleThing[];
}

/** All of a rule, in place: what its line has no room for, and the commands that show the same on the host. */
export function RuleDetails({ rule, entry, things }: RuleDetailsProps) {
  const { snapshot, onSelect, onAsk } = useBookActions();
  const count = useRuleCount(rule.id);
  const place = `${entry.table.family} ${entry.table.name} ${entry.chain.name} ${entry.rules.indexOf(rule) + 1}`;
  const { mentions } = rule;
  const texts = [...mentions.addresses, ...mentions.links, ...mentions.ports, ...mentions.sets];
  const port = things.flatMap(({ record }) => snapshot.records.publishedPort[record] ?? [])[0];
  const question = port ? questionTo(port) : null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: lines are placed one by one, which a table cannot do
    // biome-ignore lint/a11y/useFocusableInteractive: the row has the focus
    <div role="gridcell" className="fade grid gap-x-8 gap-y-4 pt-1 pr-4 pb-4 pl-[52px] text-xs @3xl:grid-cols-2">
      <dl className="grid auto-rows-min grid-cols-[88px_minmax(0,1fr)] gap-x-3 gap-y-1.5">
        <Fact label={t.ruleset.details.chain}>
          {`${entry.table.family} ${entry.table.name} ${entry.chain.name}`}
          <span className="text-ink-2"> · {entry.table.backend}</span>
        </Fact>
        <Fact label={t.ruleset.details.counters}>
          {count === null ? t.ruleset.notCountedWhy : t.ruleset.counted(count.packets, count.bytes)}
        </Fact>
        {rule.comment !== null && <Fact label={t.ruleset.details.comment}>{rule.comment}</Fact>}
        {rule.handle !== null && <Fact label={t.ruleset.details.handle}>{rule.handle}</Fact>}
        {rule.unparsed !== null && (
          <Fact label={t.ruleset.unparsed}>
            <span className="text-warn-ink">{rule.unparsed}</span>
          </Fact>
        )}
        {texts.length > 0 && (
          <Fact label={t.ruleset.details.mentions}>
            <span className="block font-mono text-[11.5px] wrap-anywhere">{texts.join(', ')}</span>
            {things.length > 0 && (
              <span className="mt-1.5 flex flex-wrap gap-1.5">
                <ThingChips things={things} all focusable />
              </span>
            )}
          </Fact>
        )}
        <dd className="col-span-2 flex flex-wrap items-center gap-2 pt-1">
          {question && (
            <Button size="small" onClick={() => onAsk(question)}>
              {t.ruleset.details.ask(`:${port?.hostPort}`)}
            </Button>
          )}
          <Button size="small" onClick={() => onSelect(rule.id)}>
            {t.ruleset.details.show}
          </Button>
          <CopyButton text={rule.text} label={t.ruleset.details.copy} doneLabel={t.ruleset.details.copied} />
        </dd>
        <dd className="col-span-2 pt-1">
          <WithoutIt rule={rule.id} near={things.map(({ record }) => record)} />
        </dd>
      </dl>
      <div className="min-w-0 *:mt-0">
        <Commands record={rule.id} title={t.ruleset.details.commands(place)} />
      </div>
    </div>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{label}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

const loopback = /^(127\.|::1$)/;
const anyAddress = new Set(['', '0.0.0.0', '::']);

/** The question that a published port asks for: from the internet, or from this host where it is published to loopback only. */
function questionTo({ hostAddress, hostPort, protocol }: PublishedPort): Question | null {
  if (hostPort === null) return null;
  const defaults = { source: null, sourcePort: null, family: null };
  const to: Question['to'] = anyAddress.has(hostAddress)
    ? { kind: 'host', port: hostPort }
    : { kind: 'address', address: hostAddress, port: hostPort };
  return { ...defaults, from: { kind: loopback.test(hostAddress) ? 'host' : 'internet' }, to, protocol };
}
