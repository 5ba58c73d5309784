import { describe, expect, it } from 'vitest';
import { parseProxies } from './parseProxies.ts';

const argv = (...words: string[]) => ['/usr/bin/docker-proxy', ...words];
const whole = argv(
  '-proto',
  'udp',
  '-host-ip',
  '::',
  '-host-port',
  '53',
  '-container-ip',
  'fd00:0::2',
  '-container-port',
  '5353',
  '-use-listen-fd',
);

describe('parseProxies', () => {
  it('reads the arguments, addresses as the kernel writes them', () => {
    expect(parseProxies([{ pid: 7, argv: whole }]).records).toEqual([
      {
        type: 'proxy',
        id: 'proxy:7',
        pid: 7,
        protocol: 'udp',
        hostAddress: '::',
        hostPort: 53,
        containerAddress: 'fd00::2',
        containerPort: 5353,
        argv: whole,
        sockets: [],
      },
    ]);
  });

  it('reads -name=value and --name value alike', () => {
    const words = argv(
      '-proto=tcp',
      '--host-ip',
      '0.0.0.0',
      '--host-port=80',
      '-container-ip=172.17.0.2',
      '-container-port',
      '80',
    );
    expect(parseProxies([{ pid: 1, argv: words }]).records).toHaveLength(1);
  });

  it('passes other processes over, and warns of a docker-proxy that it does not understand', () => {
    const { records, warnings } = parseProxies([
      { pid: 1, argv: ['/usr/bin/dockerd'] },
      { pid: 2, argv: argv('-proto', 'tcp') },
      { pid: 'x', argv: [] },
    ]);
    expect(records).toEqual([]);
    expect(warnings.map(({ where }) => where)).toEqual(['[1]', '[2]']);
  });
});
