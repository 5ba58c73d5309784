import { describe, expect, it } from 'vitest';
import { recorded } from '../testTrace.ts';
import { editDistance, nearestName } from './nearestName.ts';
import { readQuestion } from './readQuestion.ts';

const read = (from: string, to: string, proto = 'tcp', sourcePort?: string) =>
  readQuestion(recorded(), { from, to, proto, sourcePort });

describe('a question', () => {
  it.each([
    ['internet', { kind: 'internet' }],
    ['host', { kind: 'host' }],
    ['198.18.0.254', { kind: 'address', address: '198.18.0.254' }],
    ['2001:db8::1', { kind: 'address', address: '2001:db8::1' }],
    ['[2001:db8::1]', { kind: 'address', address: '2001:db8::1' }],
    ['container:web', { kind: 'container', name: 'web' }],
    ['web', { kind: 'container', name: 'web' }],
  ])('from %s', (word, from) => expect(read(word, 'host:80').from).toEqual(from));

  it.each([
    ['192.0.2.1:80', { kind: 'address', address: '192.0.2.1', port: 80 }],
    ['[2001:db8::1]:443', { kind: 'address', address: '2001:db8::1', port: 443 }],
    ['host:8080', { kind: 'host', port: 8080 }],
    ['container:db:5432', { kind: 'container', name: 'db', port: 5432 }],
    ['api:80', { kind: 'name', name: 'api', port: 80 }],
    ['example.org:443', { kind: 'name', name: 'example.org', port: 443 }],
    ['localhost:80', { kind: 'name', name: 'localhost', port: 80 }],
  ])('to %s', (word, to) => expect(read('web', word).to).toEqual(to));

  it('a bare name is the container for those whom its name means nothing', () => {
    expect(read('host', 'api:80').to).toEqual({ kind: 'container', name: 'api', port: 80 });
  });

  it('a container is found by the beginning of its id, too', () => {
    const web = Object.values(recorded().records.container).find(({ name }) => name === 'web');
    expect(read(web?.engineId.slice(0, 12) ?? '', 'host:80').from).toEqual({ kind: 'container', name: 'web' });
  });

  it('icmp has no port', () => {
    expect(read('web', 'api', 'icmp').to).toEqual({ kind: 'name', name: 'api', port: null });
    expect(read('web', '2001:db8::1', 'icmp').to).toMatchObject({ kind: 'address', port: null });
  });

  it('keeps the port of the sender', () => expect(read('web', 'api:80', 'udp', '53').sourcePort).toBe(53));
});

describe('a question that is not understood names the word and what would be right', () => {
  it.each([
    ['wbe', 'host:80', 'tcp', '--from wbe', /no container with the name "wbe"/, /Did you mean "web"/],
    ['container:my-ngnix', 'host:80', 'tcp', '--from container:my-ngnix', /my-ngnix/, /"my-nginx"/],
    ['nobody-at-all', 'host:80', 'tcp', '--from nobody-at-all', /no container/, /There are: api, db/],
    ['container:', 'host:80', 'tcp', '--from container:', /name of a container is missing/, /container:NAME/],
    ['stopped', 'host:80', 'tcp', '--from stopped', /does not run \(exited\)/, /docker start stopped/],
    ['hots', 'host:80', 'tcp', '--from hots', /no sender/, /"host"/],
    ['300.1.2.3', 'host:80', 'tcp', '--from 300.1.2.3', /not an address/, /192\.168\.1\.20/],
    ['10.0.0.0/8', 'host:80', 'tcp', '--from 10.0.0.0/8', /a network/, /one address/],
    ['web', 'api', 'tcp', '--to api', /port is missing/, /--to api:80/],
    ['web', 'container:api', 'tcp', '--to container:api', /port is missing/, /--to container:api:80/],
    ['web', 'api:http', 'tcp', '--to api:http', /"http" is not a port/, /1 to 65535/],
    ['web', 'api:0', 'tcp', '--to api:0', /"0" is not a port/, /1 to 65535/],
    ['web', 'api:70000', 'tcp', '--to api:70000', /not a port/, /65535/],
    ['web', ':80', 'tcp', '--to :80', /no address or name/, /host:80/],
    ['web', 'container:ap:80', 'tcp', '--to container:ap:80', /no container/, /"api"|"op"/],
    ['web', 'ap1:80', 'tcp', '--to ap1:80', /Nothing is called "ap1"/, /"api".*"ap1\."/],
    ['web', '1.2.3:80', 'tcp', '--to 1.2.3:80', /not an address/, /2001:db8/],
    ['web', '2001:db8::1', 'tcp', '--to 2001:db8::1', /port is missing/, /\[2001:db8::1\]:80/],
    ['web', '[nowhere]:80', 'tcp', '--to [nowhere]:80', /"nowhere" is not an address/, /2001:db8/],
    ['web', '[2001:db8::1]', 'tcp', '--to [2001:db8::1]', /port is missing/, /:80/],
    ['web', 'internet:80', 'tcp', '--to internet:80', /no address/, /203\.0\.113\.9/],
    ['web', 'api:80', 'tpc', '--proto tpc', /not a protocol/, /Did you mean "tcp"/],
    ['web', 'api:80', 'icmp', '--to api:80', /no ports/, /--to api/],
  ])('--from %s --to %s --proto %s', (from, to, proto, where, message, fix) => {
    expect(() => read(from, to, proto)).toThrow(
      expect.objectContaining({
        code: 'usage',
        where,
        message: expect.stringMatching(message),
        fix: expect.stringMatching(fix),
      }),
    );
  });

  it('a word that means several containers', () => {
    const snapshot = structuredClone(recorded());
    for (const container of Object.values(snapshot.records.container)) {
      if (container.name === 'web' || container.name === 'api') container.composeService = 'front';
    }
    expect(() => readQuestion(snapshot, { from: 'front', to: 'host:80', proto: 'tcp' })).toThrow(
      expect.objectContaining({
        message: '"front" means 2 containers: api, web.',
        fix: expect.stringContaining('api'),
      }),
    );
  });
});

describe('the nearest name', () => {
  it('counts edits, a swap as one', () => {
    expect([editDistance('web', 'wbe'), editDistance('', 'ab'), editDistance('kitten', 'sitting')]).toEqual([1, 2, 3]);
  });

  it('is not guessed where none is near', () => expect(nearestName('database', ['web', 'api'])).toBeNull());
});
