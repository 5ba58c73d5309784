import type { FixtureName } from '@vethscope/fixtures';
import { describe, expect, it } from 'vitest';
import { readQuestion } from '../question/readQuestion.ts';
import { recorded } from '../testTrace.ts';
import { tracePath } from '../tracePath.ts';
import { applyWhatIf, type WhatIf } from './applyWhatIf.ts';
import { switchesFor } from './switchesFor.ts';

const lan = '198.18.0.254';

function ask(from: string, to: string, changes: readonly WhatIf[] = [], fixture?: FixtureName) {
  const snapshot = recorded(fixture);
  const question = readQuestion(snapshot, { from, to, proto: 'tcp' });
  return tracePath(applyWhatIf(snapshot, changes).snapshot, question);
}

/** The first change that is offered for the first blocker, of a kind. */
function offered(kind: WhatIf['kind'], from: string, to: string, fixture?: FixtureName): WhatIf {
  const found = switchesFor(recorded(fixture), ask(from, to, [], fixture)).flatMap(({ changes }) => changes);
  const change = found.find((one) => one.kind === kind);
  if (change === undefined) throw new Error(`no ${kind} among ${JSON.stringify(found)}`);
  return change;
}

describe('what if', () => {
  it('[W1] a rule that is lifted is not there, and the others keep their order', () => {
    const before = recorded();
    const change = offered('lift', 'q1', 'container:q2:80');
    if (change.kind !== 'lift') throw new Error('not a lift');
    const chainId = before.records.rule[change.rule]?.chain ?? '';
    const { snapshot, missing } = applyWhatIf(before, [change]);
    expect(missing).toEqual([]);
    expect(snapshot.records.rule[change.rule]).toBeUndefined();
    expect(snapshot.records.chain[chainId]?.rules).toEqual(
      before.records.chain[chainId]?.rules.filter((id) => id !== change.rule),
    );
    expect(before.records.rule[change.rule]).toBeDefined();
    expect(snapshot.records.link).toBe(before.records.link);
  });

  it.each(['lift', 'open'] as const)('[W1, W3] icc=false: %s, and the packet arrives', (kind) => {
    expect(ask('q1', 'container:q2:80').cause.code).toBe('icc-disabled');
    const change = offered(kind, 'q1', 'container:q2:80');
    const then = ask('q1', 'container:q2:80', [change]);
    expect(then.cause.code).not.toBe('icc-disabled');
    expect(['delivered', 'refused']).toContain(then.disposition);
  });

  it('[W3] what is opened in one base chain is still asked by the next', () => {
    const first = ask(lan, 'container:my-nginx:80');
    expect(first.cause.code).toBe('direct-routing-dropped');
    const then = ask(lan, 'container:my-nginx:80', [offered('open', lan, 'container:my-nginx:80')]);
    const chains = then.legs
      .flatMap(({ hops }) => hops.flatMap(({ steps }) => steps))
      .filter(({ kind }) => kind === 'chain');
    expect(then.cause.code).not.toBe('direct-routing-dropped');
    expect(chains.some((step) => step.kind === 'chain' && step.hook === 'forward')).toBe(true);
  });

  it('[W2] a policy that drops, and what if it accepted', () => {
    const before = recorded();
    const input = Object.values(before.records.chain).find(
      (chain) => chain.hook === 'input' && chain.kind === 'filter' && chain.id.includes('host/iptables-nft/ip/'),
    );
    if (input === undefined) throw new Error('no INPUT on this host');
    const dropping = { ...before.records.chain, [input.id]: { ...input, policy: 'drop' as const } };
    const closed = { ...before, records: { ...before.records, chain: dropping } };
    const question = readQuestion(before, { from: lan, to: 'host:22', proto: 'tcp' });
    const stopped = tracePath(closed, question);
    expect(stopped.cause).toMatchObject({ code: 'policy-dropped', rule: input.id });
    const offers = switchesFor(closed, stopped).flatMap(({ changes }) => changes);
    expect(offers).toContainEqual({ kind: 'accept', chain: input.id });
    const opened = applyWhatIf(closed, [{ kind: 'accept', chain: input.id }]).snapshot;
    expect(tracePath(opened, question).cause).toEqual(tracePath(before, question).cause);
  });

  it('[W4] a service that listens on all addresses answers', () => {
    expect(ask(lan, 'host:8083').cause.code).toBe('listens-on-loopback');
    const change = offered('listen', lan, 'host:8083');
    expect(change).toMatchObject({ address: '0.0.0.0' });
    expect(ask(lan, 'host:8083', [change]).disposition).toBe('delivered');
  });

  it('[W5] a host that forwards nothing, and one that is told to', () => {
    const off: WhatIf = { kind: 'sysctl', container: null, name: 'net.ipv4.ip_forward', value: '0' };
    const on: WhatIf = { ...off, value: '1' };
    const stopped = ask('internet', 'host:8080', [off]);
    expect(stopped.cause.code).toBe('ip-forward-off');
    const offers = switchesFor(recorded(), stopped).flatMap(({ changes }) => changes);
    expect(offers).toContainEqual(on);
    expect(ask('internet', 'host:8080', [off, on]).disposition).toBe('delivered');
  });

  it('a change for which there is nothing here is told, and changes nothing', () => {
    const snapshot = recorded();
    const changes: WhatIf[] = [
      { kind: 'lift', rule: 'rule:gone' },
      { kind: 'accept', chain: 'chain:gone' },
      { kind: 'open', chain: 'chain:gone', protocol: 'tcp', address: '172.17.0.2', port: 80 },
      { kind: 'listen', container: 'nobody', protocol: 'tcp', address: '0.0.0.0', port: 80 },
      { kind: 'sysctl', container: 'nobody', name: 'net.ipv4.ip_forward', value: '1' },
    ];
    const applied = applyWhatIf(snapshot, changes);
    expect(applied.missing).toEqual(changes);
    expect(applied.snapshot).toBe(snapshot);
  });

  it('[W3] speaks the language of the table: nft', () => {
    const fixture = 'docker-29.7-nftables';
    const change = offered('open', 'q1', 'container:q2:80', fixture);
    if (change.kind !== 'open') throw new Error('not an opening');
    const { records } = applyWhatIf(recorded(fixture), [change]).snapshot;
    const rule = records.rule[records.chain[change.chain]?.rules[0] ?? ''];
    expect(rule?.text).toMatch(/^ip daddr [\d.]+ tcp dport 80 accept$/);
    expect(ask('q1', 'container:q2:80', [], fixture).cause.code).toBe('icc-disabled');
    expect(ask('q1', 'container:q2:80', [change], fixture).cause.code).not.toBe('icc-disabled');
  });
});
