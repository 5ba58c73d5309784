import { readFixture } from '@vethscope/fixtures';
import { type ErrorCode, ids, ProbeRequest, type ProbeRequestInput, VethscopeError } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { describe, expect, it } from 'vitest';
import { planProbe } from './planProbe.ts';

const snapshot = snapshotOf(parseRecording(readFixture('docker-28.5-iptables-nft')));
const legacy = snapshotOf(parseRecording(readFixture('docker-20.10-iptables-legacy')));

type Asked = Partial<ProbeRequestInput['question']> & { confirm?: string };

function request({ confirm, ...question }: Asked): ProbeRequest {
  return ProbeRequest.parse({
    question: {
      from: { kind: 'host' },
      to: { kind: 'container', name: 'web', port: 80 },
      protocol: 'tcp',
      ...question,
    },
    ...(confirm === undefined ? {} : { confirmedAddress: confirm }),
  });
}
const plan = (asked: Asked) => planProbe(snapshot, request(asked));

function refusal(asked: Asked): VethscopeError {
  try {
    plan(asked);
  } catch (error) {
    if (error instanceof VethscopeError) return error;
    throw error;
  }
  throw new Error('it was planned');
}
const to = (address: string, port: number | null = 80) => ({ kind: 'address', address, port }) as const;
const container = (name: string) => ({ kind: 'container', name }) as const;

describe('planProbe', () => {
  it('traces the sender, the host and the receiver', () => {
    const planned = plan({ from: container('web'), to: { kind: 'container', name: 'api', port: 80 } });
    const names = planned.traced.map((sandbox) => snapshot.records.sandbox[sandbox]?.name);
    expect(names[0]).toBe('web');
    expect(planned.traced).toContain(ids.hostSandbox);
    expect(names).toContain('api');
    expect(planned.packet).toMatchObject({ protocol: 'tcp', destinationPort: 80, source: null, sourcePort: null });
    expect(planned.further).toEqual([]);
  });

  it('marks the connection of docker-proxy, too', () => {
    const planned = plan({ to: to('127.0.0.1', 8080) });
    expect(
      planned.further.map(({ direction, destinationPort, sourcePort }) => [direction, destinationPort, sourcePort]),
    ).toEqual([
      ['request', 80, null],
      ['reply', null, 80],
    ]);
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', '198.18.0.28'])('sends to %s unasked: it is this host', (address) => {
    expect(plan({ to: to(address) }).packet.destination).toBe(address);
  });

  it('asks before it sends outside, and takes no other confirmation', () => {
    const error = refusal({ from: container('web'), to: to('1.1.1.1') });
    expect([error.code, error.where]).toEqual(['probeNeedsConfirmation', '1.1.1.1']);
    expect(refusal({ to: to('1.1.1.1'), confirm: '1.1.1.2' }).code).toBe('probeNeedsConfirmation');
    expect(refusal({ to: to('1.1.1.1'), confirm: 'yes' }).code).toBe('probeNeedsConfirmation');
    expect(plan({ to: to('1.1.1.1'), confirm: '1.1.1.1' }).packet.destination).toBe('1.1.1.1');
    expect(plan({ to: to('2001:DB8:0::1'), confirm: '2001:db8::1' }).packet.destination).toBe('2001:db8::1');
  });

  it('asks for an address of a network that nobody has', () => {
    expect(refusal({ to: to('172.30.1.77') }).code).toBe('probeNeedsConfirmation');
  });

  it('asks where the way leads outside, though a sandbox has such an address', () => {
    expect(Object.values(snapshot.records.address).map(({ address }) => address)).toContain('172.17.0.1');
    const error = refusal({ from: container('mac'), to: to('172.17.0.1') });
    expect([error.code, error.where]).toEqual(['probeNeedsConfirmation', '172.17.0.1']);
    expect(plan({ from: container('web'), to: to('172.17.0.1') }).packet.destination).toBe('172.17.0.1');
  });

  it('asks where a translation leads outside, though the packet was for this host', () => {
    const records = structuredClone(snapshot.records);
    const rule = Object.values(records.rule).find(
      ({ sandbox, translation, text }) =>
        sandbox === ids.hostSandbox && translation?.kind === 'dnat' && text.includes('8080'),
    );
    if (rule?.body.syntax !== 'iptables' || rule.translation === null)
      throw new Error('the recording has no such rule');
    // As if somebody had written it: what comes in for port 8080 goes to 203.0.113.7.
    const text = JSON.stringify(rule).replaceAll(rule.translation.address ?? '', '203.0.113.7');
    records.rule[rule.id] = JSON.parse(text);
    const asked = request({ to: to('198.18.0.28', 8080) });
    expect(() => planProbe({ ...snapshot, records }, asked)).toThrowError(
      expect.objectContaining({ code: 'probeNeedsConfirmation', where: '203.0.113.7' }),
    );
  });

  it.each<[string, Asked, ErrorCode]>([
    ['the internet', { from: { kind: 'internet' } }, 'probeNotPossible'],
    ['a machine outside', { from: { kind: 'address', address: '198.18.0.254' } }, 'probeNotPossible'],
    ['a container that is not there', { from: container('nobody') }, 'probeNotPossible'],
    ['SCTP', { protocol: 'sctp' }, 'probeNotPossible'],
    ['no port', { to: to('127.0.0.1', null) }, 'probeNotPossible'],
    ['port 70000', { to: to('127.0.0.1', 70_000) }, 'probeNotPossible'],
    ['source port 0', { sourcePort: 0 }, 'probeNotPossible'],
    ['a foreign source', { source: '1.1.1.1' }, 'probeNotPossible'],
    ['multicast', { to: to('224.0.0.1'), confirm: '224.0.0.1' }, 'probeNotPossible'],
    ['broadcast', { to: to('255.255.255.255'), confirm: '255.255.255.255' }, 'probeNotPossible'],
    ['multicast of IPv6', { to: to('ff02::1'), confirm: 'ff02::1' }, 'probeNotPossible'],
    ['link-local', { to: to('fe80::1'), confirm: 'fe80::1' }, 'probeNotPossible'],
    ['mapped IPv4', { to: to('::ffff:1.1.1.1'), confirm: '::ffff:1.1.1.1' }, 'probeNotPossible'],
    ['words of a command', { to: to('127.0.0.1; reboot'), confirm: '127.0.0.1; reboot' }, 'probeNotPossible'],
  ])('does not send for %s', (_, asked, code) => {
    expect(refusal(asked).code).toBe(code);
  });

  it('says which command to run on a machine outside', () => {
    const { fix } = refusal({ from: { kind: 'internet' }, to: to('198.18.0.28', 8080) });
    expect(fix).toContain('nc -vz -w 1 198.18.0.28 8080');
  });

  it('makes no table where all rules are of iptables-legacy, and says so', () => {
    const planned = planProbe(legacy, request({}));
    expect(planned.traced).toEqual([]);
    expect(planned.notes[0]).toContain('iptables-legacy');
  });
});
