import { describe, expect, it } from 'vitest';
import { asked, recorded } from '../testTrace.ts';
import { noPaint } from './paint.ts';
import { traceMarkdown } from './traceMarkdown.ts';
import { mermaidLabel, traceMermaid } from './traceMermaid.ts';
import { traceText } from './traceText.ts';
import { outcomeOf } from './traceWords.ts';
import { textWidth, wrap } from './wrap.ts';

const lan = '198.18.0.254';

/** By scenario: who asks for what, how it ends, and lines that a person must find. */
const scenarios = [
  {
    name: 'a published port from the internet',
    words: ['internet', 'host:8080'],
    exit: 0,
    lines: [
      'Delivered: tcp from internet to host:8080',
      'destination 198.18.0.28:8080 → 172.17.0.4:80',
      'Reply     container my-nginx → host; translated back: source 172.17.0.4:80 → 198.18.0.28:8080',
    ],
  },
  {
    name: 'the address of a container from the LAN',
    words: [lan, 'container:my-nginx:80'],
    exit: 1,
    lines: [
      'Dropped: ',
      'Cause     direct-routing-dropped',
      'prerouting: ip raw PREROUTING: drop',
      'PREROUTING 4: -A PREROUTING -d 172.17.0.4/32 ! -i docker0 -j DROP',
    ],
  },
  {
    name: 'icc=false',
    words: ['q1', 'container:q2:80'],
    exit: 1,
    lines: ['Dropped: ', 'icc-disabled', 'DOCKER-FORWARD 7: -A DOCKER-FORWARD -i noicc0 -o noicc0 -j DROP', 'To mend'],
  },
  {
    name: 'from an internal network to the outside',
    words: ['db', '203.0.113.80:443'],
    exit: 1,
    lines: ['db'],
  },
  {
    name: 'a service that listens on its loopback',
    words: [lan, 'host:8083'],
    exit: 1,
    lines: ['Refused: ', 'Cause     listens-on-loopback', 'To mend   let the service listen on 0.0.0.0'],
  },
  {
    name: 'the host to a container',
    words: ['host', 'my-nginx:80'],
    exit: 0,
    lines: ['1  host', '2  container my-nginx', 'Delivered'],
  },
  {
    name: 'a container to its own published port',
    words: ['my-nginx', '198.18.0.28:8080'],
    exit: 0,
    lines: ['Delivered', 'container my-nginx'],
  },
  {
    name: 'the loopback of the host, by docker-proxy',
    words: ['host', '127.0.0.1:8080'],
    exit: 0,
    lines: ['Connection 1: ', 'Connection 2: ', 'docker-proxy'],
  },
  {
    name: 'a paused container',
    words: [lan, 'host:8088'],
    exit: 1,
    lines: ['No reply: ', 'docker unpause paused'],
  },
  {
    name: 'an answer that dies on its way back',
    words: ['nm', `${lan}:9000`],
    exit: 1,
    lines: ['No reply: ', 'Reply '],
  },
  { name: 'a ping', words: ['web', 'api', 'icmp'], exit: 0, lines: ['icmp 172.30.1.2 → 172.30.1.100'] },
  {
    name: 'a name that only a server outside knows',
    words: ['web', 'example.org:443'],
    exit: 2,
    lines: ['Unknown: ', 'name-outside'],
  },
  {
    name: 'a container that does not run',
    words: ['web', 'container:stopped:80'],
    exit: 1,
    lines: ['Not resolved: ', 'docker start stopped'],
  },
] as const;

const traceOf = (words: readonly string[]) => asked(words[0] ?? '', words[1] ?? '', words[2]);

describe.each(scenarios)('$name', ({ words, exit, lines }) => {
  const trace = traceOf(words);

  it('ends as it should', () => {
    expect(outcomeOf(trace.disposition)).toBe(['success', 'failure', 'unknown'][exit]);
  });

  it('is told in words that fit', () => {
    const text = traceText(recorded(), trace);
    for (const line of lines) expect(text).toContain(line);
    expect(text).toContain(trace.cause.code);
    expect(text.split('\n').filter((line) => line.length > textWidth || /\s$/.test(line))).toEqual([]);
  });

  it('is drawn in Mermaid that parses', () => {
    const declared = new Set<string>();
    let depth = 0;
    const [head, ...rest] = traceMermaid(recorded(), trace).trimEnd().split('\n');
    expect(head).toBe('flowchart TD');
    for (const row of rest) {
      const line = row.trim();
      if (line.startsWith('subgraph ')) depth++;
      if (line === 'end') depth--;
      // A label holds nothing but its two quotes that Mermaid would read.
      expect(line).toMatch(
        /^(end|subgraph \w+\["[^"`|[\]{}<>]*"\]|\w+\(?\[?\(?\["[^"`|[\]{}]*"\](\))?|\w+ -->(\|"[^"`|[\]{}<>]*"\|)? \w+|class \w+ \w+|classDef .*)$/,
      );
      const node = /^(\w+)[([]+"/.exec(line)?.[1];
      if (node !== undefined) declared.add(node);
      const arrow = /^(\w+) -->(?:\|"[^"]*"\|)? (\w+)$/.exec(line);
      if (arrow) for (const end of arrow.slice(1)) expect(declared).toContain(end);
    }
    expect(depth).toBe(0);
  });

  it('is a ticket', () => {
    const markdown = traceMarkdown(recorded(), trace);
    expect(markdown).toContain('```mermaid\nflowchart TD');
    expect(markdown.split('\n').filter((line) => line.startsWith('```')).length % 2).toBe(0);
  });
});

describe('text of a host', () => {
  it('does not steer the terminal', () => {
    expect(wrap('a\u001b[2Jb', { indent: 0 })).toEqual(['a�[2Jb']);
  });

  it('wraps at the width, and cuts what is longer', () => {
    expect(wrap('x'.repeat(250), { indent: 4, hang: 4 }).every((line) => line.length <= textWidth)).toBe(true);
  });

  it('does not end a label of Mermaid', () => {
    expect(mermaidLabel('a "b" <c> #1 | [d]')).toBe('a #quot;b#quot; #lt;c#gt; #35;1 #124; #91;d#93;');
  });
});

describe('colours', () => {
  it('change nothing of the words', () => {
    const red = String.fromCharCode(1);
    const painted = traceText(recorded(), asked('q1', 'container:q2:80'), {
      ...noPaint,
      red: (text) => `${red}${text}${red}`,
    });
    expect(painted).toContain(red);
    expect(painted.replaceAll(red, '')).toBe(traceText(recorded(), asked('q1', 'container:q2:80')));
  });
});
