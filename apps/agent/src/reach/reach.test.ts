import { readFixture, sampleName, syntheticRecording } from '@vethscope/fixtures';
import type { Snapshot } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { noPaint } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { reachJson } from './reachJson.ts';
import { reachMarkdown } from './reachMarkdown.ts';
import { cellsOf } from './reachTable.ts';
import { reachText } from './reachText.ts';
import { type ReachWords, readReach } from './readReach.ts';

const sample: Snapshot = snapshotOf(parseRecording(readFixture(sampleName)));

function made(words: ReachWords, snapshot = sample) {
  const asked = readReach(snapshot, words);
  return { asked, cells: cellsOf(snapshot, asked) };
}

const labels = (words: ReachWords): string[] => readReach(sample, words).targets.map(({ label }) => label);

describe('the words of a matrix', () => {
  it('nothing said means everyone and everything', () => {
    const { sources, targets } = readReach(sample, {});
    expect(sources.length).toBeGreaterThan(20);
    expect(targets.length).toBeGreaterThan(30);
  });

  it('a sender is named as in a trace, or by an address', () => {
    const { sources } = readReach(sample, { from: ['internet', 'lan', 'container:web', 'web', '198.18.0.77'] });
    expect(sources.map(({ label }) => label)).toEqual(['internet', 'LAN (198.18.0.253)', 'web', '198.18.0.77']);
  });

  it('a container means all that it listens on and publishes, host what is asked of the host', () => {
    expect(labels({ to: ['my-nginx'] })).toEqual(['my-nginx:80', 'host:8080']);
    expect(labels({ to: ['host:8080', 'container:db'] })).toEqual(['host:8080', 'db:5432']);
    expect(labels({ to: ['host'] })).toContain('host:7000');
    expect(labels({ to: ['host'] })).not.toContain('web:80');
    expect(labels({ proto: 'UDP' })).toEqual(['host:5353']);
  });

  it.each<[ReachWords, RegExp]>([
    [{ from: ['interet'] }, /no sender\..*Did you mean "internet"/],
    [{ from: ['wbe'] }, /Did you mean "web"/],
    [{ from: ['stopped'] }, /does not run \(exited\).*docker start stopped/],
    [{ from: ['paused'] }, /docker unpause paused/],
    [{ to: ['dbb'] }, /Nothing that listens is called "dbb"\..*Did you mean "db"/],
    [{ to: ['none'] }, /Nothing listens in "none"/],
    [{ proto: 'icmp' }, /icmp has no ports/],
    [{ proto: 'tpc' }, /Did you mean "tcp"/],
  ])('%j is not understood, and the message says what would be', (words, message) => {
    let said = '';
    try {
      readReach(sample, words);
    } catch (error) {
      const { message: first, fix } = error as { message: string; fix: string };
      said = `${first} ${fix}`;
    }
    expect(said).toMatch(message);
  });
});

describe('a matrix for a person', () => {
  it('few senders have a column each', () => {
    const text = reachText(sample, made({ from: ['web', 'api', 'deaf'], to: ['deaf', 'my-nginx'] }));
    expect(text).toContain('Target         web        api        deaf\n');
    expect(text).toContain('  deaf:80      refused    refused    delivered\n');
    expect(text).toContain('3 senders, 4 targets: 5 refused, 4 delivered, 3 dropped.');
    expect(text).toContain('Why: vethscope trace --from web --to container:deaf:80');
  });

  it('many are folded, and those who reach it are named where they are few', () => {
    const text = reachText(sample, made({}));
    expect(text).toMatch(/^Target +internet +LAN \(198\.18\.0\.253\) +host +22 containers$/m);
    expect(text).toMatch(/^ {2}deaf:80 +dropped +dropped +refused +deaf$/m);
    expect(text).toMatch(/^ {2}host:8083 +refused +refused +refused +none$/m);
    expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(100);
  });

  it('has colours where they are asked for, and counts where nothing listens', () => {
    const paint = { ...noPaint, green: (text: string) => `<${text}>` };
    expect(reachText(sample, made({ from: ['internet'], to: ['host:8080'] }), paint)).toContain('<delivered>');
    const empty = { ...sample, records: { ...sample.records, socket: {}, publishedPort: {} } };
    expect(reachText(empty, made({}, empty))).toMatch(/0 targets: nothing listens\./);
  });
});

describe('a matrix for a document, and for a program', () => {
  it('is a table of Markdown with as many fields in each line', () => {
    const text = reachMarkdown(sample, made({ from: ['internet', 'web'], to: ['my-nginx', 'deaf'] }));
    const lines = text.split('\n').filter((line) => line.startsWith('|'));
    expect(lines[0]).toBe('| Of | Target | internet | web |');
    expect(lines).toContain('| my-nginx (bridge) | host:8080 | **delivered** | **delivered** |');
    expect(new Set(lines.map((line) => line.split(' | ').length)).size).toBe(1);
    expect(text).toContain(sample.readAt);
  });

  it('has every cell once, with ids that are there', () => {
    const document = reachJson(sample, made({ from: ['web', 'internet'] }));
    const targets = new Set(document.targets.map(({ id }) => id));
    expect(document.cells).toHaveLength(2 * targets.size);
    expect(document.cells.every(({ to }) => targets.has(to))).toBe(true);
    expect(
      document.cells.find(({ to, from }) => from === 'internet' && to.startsWith('published/tcp/8080')),
    ).toMatchObject({
      disposition: 'delivered',
      question: { from: { kind: 'internet' }, to: { kind: 'host', port: 8080 } },
    });
  });

  it('a large host is folded too', () => {
    const large = snapshotOf(
      parseRecording(syntheticRecording({ containers: 40, networks: 3, portsPerContainer: 2, seed: 3 })),
    );
    expect(reachText(large, made({}, large))).toMatch(/^Target .* 40 containers$/m);
  });
});
