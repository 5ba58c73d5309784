import { describe, expect, it } from 'vitest';
import { parseConntrack } from './conntrackTable.ts';
import { legacyTracesOf, parseSavedRules } from './legacyTrace.ts';
import { tracesOf } from './nftTrace.ts';
import { ruleText } from './packetTrace.ts';

const monitor = `
trace id 84848bd8 inet vethscope_lab_trace prerouting packet: iif "docker0" ip saddr 172.17.0.2 ip daddr 172.17.0.1 ip ttl 64 ip protocol 6 tcp sport 20022 tcp dport 8080 tcp flags == 0x2
trace id 84848bd8 inet vethscope_lab_trace prerouting policy accept
trace id 84848bd8 ip nat PREROUTING conntrack: ct direction 0 ct state 0x8 ct id 427174273
trace id 84848bd8 ip nat PREROUTING rule fib daddr type local counter packets 0 bytes 0 jump DOCKER # handle 3 (verdict jump DOCKER)
trace id 84848bd8 ip nat DOCKER rule iifname "docker0" counter packets 0 bytes 0 return # handle 8 (verdict return)
trace id 84848bd8 ip nat PREROUTING policy accept meta mark 0x00000020
trace id af7a44a9 inet vethscope_lab_trace output packet: oif "eth0" ip6 saddr 2001:db8:1::28 ip6 daddr 2001:db8:1::fe ip6 nexthdr 58 ip6 length 108 icmpv6 type 128 icmpv6 code 0 icmpv6 parameter-problem 14876672
`;

const log = `
TRACE: raw:PREROUTING:rule:3 IN=lo OUT= MAC=00 SRC=198.18.0.21 DST=172.17.0.1 LEN=60 ID=63479 DF PROTO=TCP SPT=20702 DPT=1 SEQ=1 SYN
TRACE: nat:OUTPUT:rule:1 IN= OUT=lo SRC=172.17.0.1 DST=172.17.0.1 LEN=60 ID=63479 DF PROTO=TCP SPT=20702 DPT=1 SEQ=1 SYN
TRACE: nat:DOCKER:return:2 IN= OUT=lo SRC=172.17.0.1 DST=172.17.0.1 LEN=60 ID=63479 DF PROTO=TCP SPT=20702 DPT=1 SEQ=1 SYN
TRACE: nat:OUTPUT:policy:2 IN= OUT=lo SRC=172.17.0.1 DST=172.17.0.1 LEN=60 ID=63479 DF PROTO=TCP SPT=20702 DPT=1 SEQ=1 SYN
TRACE: filter:FORWARD:policy:1 IN=eth0 OUT=docker0 SRC=198.18.0.254 DST=172.17.0.2 LEN=84 ID=55790 DF PROTO=ICMP TYPE=8 CODE=0 ID=149 SEQ=0
`;

const saved = parseSavedRules(`*nat
:OUTPUT ACCEPT [0:0]
:DOCKER - [0:0]
-A OUTPUT ! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER
-A DOCKER -i docker0 -j RETURN
COMMIT
*filter
:FORWARD DROP [0:0]
COMMIT`);

describe('what the kernel says', () => {
  it('is put together by packet from nft monitor trace, without the lab’s own table', () => {
    const positions = new Map([
      ['ip nat PREROUTING 3', 1],
      ['ip nat DOCKER 8', 1],
    ]);
    const [tcp, echo] = tracesOf(monitor, positions);
    expect(tcp).toMatchObject({ protocol: 'tcp', key: 20022, destination: '172.17.0.1', sentHere: false });
    expect(tcp?.rules.map(ruleText)).toEqual([
      'ip nat PREROUTING 1 jump DOCKER',
      'ip nat DOCKER 1 return',
      'ip nat PREROUTING policy accept',
    ]);
    expect(echo).toMatchObject({ protocol: 'icmp', key: 227, sentHere: true });
  });

  it('is put together from the log of iptables-legacy, without the marking rules and the ends of user chains', () => {
    const [tcp, echo] = legacyTracesOf(log, { ip: saved, ip6: saved });
    expect(tcp?.rules.map(ruleText)).toEqual(['ip nat OUTPUT 1 jump DOCKER', 'ip nat OUTPUT policy accept']);
    expect(echo).toMatchObject({ key: 149, destinationPort: null });
    expect(echo?.rules.map(ruleText)).toEqual(['ip filter FORWARD policy drop']);
  });

  it('passes over a SYN that is sent again, which has another id and no other port', () => {
    const again = (text: string) =>
      text
        .split('\n')
        .filter((line) => line.includes('84848bd8'))
        .map((line) => line.replace('84848bd8', '99999999'))
        .join('\n');
    const positions = new Map([
      ['ip nat PREROUTING 3', 1],
      ['ip nat DOCKER 8', 1],
    ]);
    expect(tracesOf(`${monitor}${again(monitor)}`, positions)).toEqual(tracesOf(monitor, positions));
    const six =
      'TRACE: raw:PREROUTING:policy:4 IN=eth0 OUT= SRC=2001:db8:1::fe DST=2001:db8:1::21 LEN=80 PROTO=TCP SPT=22464 DPT=7101 SEQ=1 SYN\n' +
      'TRACE: filter:FORWARD:policy:1 IN=eth0 OUT= SRC=2001:db8:1::fe DST=2001:db8:1::21 LEN=80 PROTO=TCP SPT=22464 DPT=7101 SEQ=1 SYN\n';
    const once = legacyTracesOf(six, { ip: saved, ip6: saved });
    expect(once[0]?.rules).toHaveLength(2);
    expect(legacyTracesOf(`${six}${six}`, { ip: saved, ip6: saved })).toEqual(once);
  });

  it('holds translations in conntrack, in one spelling', () => {
    const line =
      'ipv6     10 tcp      6 119 TIME_WAIT src=fd00:0006:0000:0000:0000:0000:0000:0001 dst=fd00:0006:0000:0000:0000:0000:0000:0002 sport=60810 dport=80 ' +
      'src=fd00:0006:0000:0000:0000:0000:0000:0002 dst=fd00:0006:0000:0000:0000:0000:0000:0001 sport=80 dport=60810 [ASSURED] mark=0 zone=0 use=2';
    expect(parseConntrack(line)).toEqual([
      {
        protocol: 'tcp',
        key: 60810,
        source: 'fd00:6::1',
        answerFrom: 'fd00:6::2',
        answerFromPort: 80,
        answerTo: 'fd00:6::1',
        established: true,
      },
    ]);
  });
});
