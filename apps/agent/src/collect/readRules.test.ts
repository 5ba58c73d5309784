import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RuleTable } from '../host/ruleTables.ts';
import { runTool } from '../host/runTool.ts';
import type { NamespaceState } from './namespaceParts.ts';
import { readRules } from './readRules.ts';

const host: NamespaceState = {
  target: { netns: 1, kind: 'host', path: null, pid: null, containers: [], opens: '/proc/self/ns/net' },
  readings: {},
  netnsIds: null,
  reports: [],
};
const sandbox: NamespaceState = { ...host, target: { ...host.target, kind: 'container', netns: 2, pid: 1 } };
const noLegacy = async () => false;

describe('readRules with tools that fail', () => {
  const path = process.env.PATH;
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'vethscope-tools-'));
    process.env.PATH = `${directory}:${path}`;
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(directory, { recursive: true });
  });
  const tool = (name: string, script: string) => {
    writeFileSync(join(directory, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(directory, name), 0o755);
  };
  const read = () => readRules(host, { runTool, isRoot: true, tables: null, legacyTables: noLegacy });

  it('says which tool crashed, and reads the others', async () => {
    tool('iptables-save', 'echo "*filter"; echo COMMIT');
    tool('ip6tables-save', 'echo "*nat"');
    tool('nft', 'kill -SEGV $$');
    tool('ipset', 'echo "create a hash:ip"');
    const { readings, reports } = await read();
    expect(readings).toEqual({ iptables: '*filter\nCOMMIT\n', ip6tables: '*nat\n', ipsets: 'create a hash:ip\n' });
    const nft = reports.find(({ source }) => source === 'nft');
    expect(nft).toMatchObject({ status: 'failed', fault: 'crashed', fix: 'Install nftables 1.1 or newer.' });
    expect(nft?.reason).toContain('SIGSEGV');
    expect(reports.filter(({ status }) => status === 'ok').map(({ source }) => source)).toEqual(
      expect.arrayContaining(['iptables', 'ip6tables', 'ipsets']),
    );
  });

  it('says which tool did not end, and reads the others', async () => {
    const { readings, reports } = await readRules(host, {
      runTool: async ({ argv: [name] }) =>
        name === 'iptables-save' ? { kind: 'timeout', tookMs: 5_000 } : { kind: 'ok', stdout: name, tookMs: 1 },
      isRoot: true,
      tables: null,
      legacyTables: noLegacy,
    });
    expect(readings).toEqual({ ip6tables: 'ip6tables-save', nft: 'nft', ipsets: 'ipset' });
    expect(reports.find(({ source }) => source === 'iptables')).toMatchObject({
      status: 'failed',
      fault: 'timeout',
      fix: 'See what it says: sudo iptables-save -c',
    });
  });

  it('keeps what a tool said when it gave up', async () => {
    for (const name of ['ip6tables-save', 'nft', 'ipset']) tool(name, 'true');
    tool('iptables-save', 'echo "Fatal: cannot open lock" >&2; echo "half"; exit 4');
    const { readings, reports } = await read();
    expect(readings.iptables).toBeUndefined();
    expect(reports.find(({ source }) => source === 'iptables')).toMatchObject({
      fault: 'exited',
      reason: 'iptables-save ended with 4: Fatal: cannot open lock',
    });
  });

  it('tells one who is not root what would show the rest', async () => {
    for (const name of ['iptables-save', 'ip6tables-save', 'nft', 'ipset'])
      tool(name, 'echo "you must be root" >&2; exit 1');
    const { reports } = await readRules(host, { runTool, isRoot: false, tables: null, legacyTables: noLegacy });
    const failed = reports.filter(({ status }) => status === 'failed');
    expect(failed.map(({ fault }) => fault)).toEqual(['notRoot', 'notRoot', 'notRoot', 'notRoot']);
    expect(failed[0]?.fix).toBe('sudo npx vethscope');
  });
});

describe('readRules with fewer tools', () => {
  const missing = async () => ({ kind: 'notInstalled', tookMs: 1 }) as const;
  const report = async (stdout: string) => {
    const patch = await readRules(host, {
      runTool: async ({ argv }) => (argv[0] === 'ipset' ? missing() : { kind: 'ok', stdout, tookMs: 1 }),
      isRoot: true,
      tables: null,
      legacyTables: noLegacy,
    });
    return patch.reports.find(({ source }) => source === 'ipsets');
  };

  it('misses no ipset tool where no rule names an ipset', async () => {
    expect(await report('-A FORWARD -j ACCEPT')).toMatchObject({ status: 'absent' });
  });

  it('says what to install where a rule names one', async () => {
    expect(await report('-A FORWARD -m set --match-set docker-ext-bridges-v4 dst -j ACCEPT')).toMatchObject({
      status: 'failed',
      fault: 'notInstalled',
      fix: 'sudo apt-get install ipset',
    });
    expect(await report('{"nftables":[{"rule":{"expr":[{"xt":{"type":"match","name":"set"}}]}}]}')).toMatchObject({
      status: 'failed',
    });
    expect(
      await report('{"nftables":[{"rule":{"expr":[{"xt":{"type":"match","name":"u32"}},{"set":{}}]}}]}'),
    ).toMatchObject({ status: 'absent' });
  });

  it('finds that out of the rules of a large host, without going through them again for each', async () => {
    const rule = '{"rule":{"expr":[{"xt":{"type":"match","name":"addrtype"}},{"jump":{"target":"DOCKER"}}]}},';
    // To look from each of them to the end took minutes: the test's own deadline is what it fails by.
    expect(await report(rule.repeat(20_000))).toMatchObject({ status: 'absent' });
  });
});

describe('readRules of a sandbox', () => {
  const nat = '*nat\n:PREROUTING ACCEPT [0:0]\n:DOCKER_OUTPUT - [0:0]\nCOMMIT\n';
  async function programs(tables: RuleTable[] | null, legacy = false): Promise<{ asked: string[]; readings: object }> {
    const asked: string[] = [];
    const { readings } = await readRules(sandbox, {
      runTool: async ({ argv }) => {
        asked.push(argv[0]);
        return { kind: 'ok', stdout: nat, tookMs: 1 };
      },
      isRoot: true,
      tables,
      legacyTables: async () => legacy,
    });
    return { asked, readings };
  }

  it('starts nothing where there are no tables', async () => {
    expect(await programs([])).toEqual({ asked: [], readings: { iptables: '', ip6tables: '' } });
  });

  it("starts one tool for Docker's DNS table", async () => {
    const { asked } = await programs([{ family: 'ip', name: 'nat', use: 2 }]);
    expect(asked).toEqual(['iptables-save']);
  });

  it('asks nft, too, where there is more than iptables-save printed', async () => {
    expect((await programs([{ family: 'ip', name: 'nat', use: 3 }])).asked).toEqual(['iptables-save', 'nft']);
    expect((await programs([{ family: 'ip', name: 'docker-dns', use: 1 }])).asked).toEqual(['nft']);
    expect((await programs([{ family: 'inet', name: 'filter', use: 1 }])).asked).toEqual(['nft']);
  });

  it('asks every tool where nobody could say', async () => {
    expect((await programs(null)).asked).toEqual(['iptables-save', 'ip6tables-save', 'nft']);
  });

  it('asks for legacy tables only where there are some', async () => {
    expect((await programs([], true)).asked).toEqual(['iptables-legacy-save', 'ip6tables-legacy-save']);
  });
});
