import { expect, it } from 'vitest';
import { exportCommandLine } from './commandLine.ts';
import { type Choices, type OnPage, orderOf } from './order.ts';

const choices: Choices = {
  subject: { kind: 'whole' },
  lens: 'docker',
  format: 'svg',
  theme: 'light',
  transparent: false,
  scale: '2',
  legend: false,
  caption: '  ',
  maskNames: false,
  maskAddresses: false,
};
const nothing: OnPage = { view: null, selection: null, path: null, before: null };

it('an order has what was chosen, and no scale but of PNG', () => {
  expect(orderOf(choices, nothing, {})).toMatchObject({ scale: 1, request: { caption: null, mask: null } });
  const order = orderOf({ ...choices, format: 'png', caption: ' Shop ', maskAddresses: true }, nothing, {});
  expect(order).toMatchObject({ scale: 2, request: { caption: 'Shop', mask: { names: false, addresses: true } } });
});

it.each(['view', 'selection', 'path', 'difference'] as const)('there is no order of a %s that is not there', (kind) => {
  expect(orderOf({ ...choices, subject: { kind } }, nothing, {})).toBeNull();
});

it.each<[Partial<Choices>, string | null]>([
  [{}, 'vethscope export -o a.svg'],
  [{ subject: { kind: 'network', name: "it's" } }, "vethscope export -o a.svg --network 'it'\\''s'"],
  [{ subject: { kind: 'view' } }, null],
  [{ format: 'png' }, 'vethscope export -o a.svg --scale 2'],
  [
    { lens: 'linux', theme: 'dark', transparent: true, legend: true, caption: 'a b' },
    "vethscope export -o a.svg --lens linux --theme dark --transparent --legend --caption 'a b'",
  ],
  [{ maskNames: true, maskAddresses: true }, 'vethscope export -o a.svg --mask'],
  [{ maskNames: true }, 'vethscope export -o a.svg --mask names'],
  [{ maskAddresses: true }, 'vethscope export -o a.svg --mask addresses'],
])('%j is %s', (part, command) => {
  expect(exportCommandLine({ ...choices, ...part }, { file: 'a.svg', path: null })).toBe(command);
});

it('a path is asked for in the words of the explorer, and has no command without them', () => {
  const path = { from: 'internet', to: 'host:53', proto: 'udp' };
  const asked = { ...choices, subject: { kind: 'path' } } as const;
  expect(exportCommandLine(asked, { file: '-a.svg', path })).toBe(
    'vethscope export -o ./-a.svg --path internet host:53 --proto udp',
  );
  expect(exportCommandLine(asked, { file: 'a.svg', path: null })).toBeNull();
});
