import type { WhatIf } from '@vethscope/path';
import { expect, it } from 'vitest';
import { whatIfOf, whatIfWords } from './whatIfUrl.ts';

const changes: WhatIf[] = [
  { kind: 'lift', rule: 'rule:host/iptables-nft/ip/filter/DOCKER/0a1b2c' },
  { kind: 'accept', chain: 'chain:host/iptables-nft/ip/filter/FORWARD' },
  {
    kind: 'open',
    chain: 'chain:host/nftables/ip/docker-bridges/a b',
    protocol: 'tcp',
    address: '172.17.0.2',
    port: 80,
  },
  { kind: 'open', chain: 'chain:host/x', protocol: 'icmp', address: '2001:db8::2', port: null },
  { kind: 'listen', container: 'web', protocol: 'tcp', address: '0.0.0.0', port: 80 },
  { kind: 'listen', container: 'host', protocol: 'udp', address: '::', port: 53 },
  { kind: 'listen', container: null, protocol: 'tcp', address: '::', port: 53 },
  { kind: 'sysctl', container: null, name: 'net.ipv4.ip_forward', value: '1' },
];

it('changes go into a link and come out of it as they were', () => {
  expect(whatIfOf(whatIfWords(changes))).toEqual(changes);
});

it('what is no change is left out', () => {
  const none = {
    lift: [],
    accept: [],
    open: ['tcp nowhere'],
    listen: ['web tcp ::', 'web raw :: 1'],
    sysctl: ['host'],
  };
  expect(whatIfOf(none)).toEqual([]);
});
