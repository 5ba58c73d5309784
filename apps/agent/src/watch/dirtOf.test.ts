import { describe, expect, it } from 'vitest';
import { cleanDirt, dirtOf, isClean, mergeDirt, partsDirty } from './dirt.ts';
import { dirtOfChange } from './dirtOfChange.ts';
import { asDockerEvent, dirtOfEvent } from './dirtOfEvent.ts';

describe('dirtOfChange', () => {
  it('reads everything again when announcements were lost', () => {
    expect(dirtOfChange({ kind: 'overrun' })).toMatchObject({ lane: 'now', dirt: { everything: true } });
  });

  it('takes a link with all that stands on it, but not its sockets', () => {
    const { dirt, lane } = dirtOfChange({ kind: 'changed', nsid: null, netns: null, source: 'links' });
    expect(lane).toBe('now');
    expect([...(dirt.parts.get('host') ?? [])]).toEqual(
      expect.arrayContaining(['links', 'addresses', 'routes', 'neighbors', 'fdb', 'sysctls']),
    );
    expect(dirt.parts.get('host')?.has('sockets')).toBe(false);
  });

  it('does not hurry for neighbours, which change by themselves', () => {
    expect(dirtOfChange({ kind: 'changed', nsid: 3, netns: 4711, source: 'neighbors' })).toEqual({
      lane: 'calm',
      dirt: partsDirty(4711, ['neighbors']),
    });
  });

  it('looks for namespaces where the one that changed is not known', () => {
    const { dirt } = dirtOfChange({ kind: 'changed', nsid: 3, netns: null, source: 'routes' });
    expect(dirt.namespaces).toBe(true);
    expect(dirt.parts.size).toBe(0);
  });
});

describe('dirtOfEvent', () => {
  const event = (Type: string, Action: string, attributes: Record<string, string> = {}) =>
    dirtOfEvent({ Type, Action, Actor: { ID: 'abc', Attributes: attributes } });

  it('reads a container and what came with it when it starts or dies', () => {
    for (const action of ['start', 'die', 'restart', 'pause', 'destroy']) {
      expect(event('container', action)).toMatchObject({
        containers: new Set(['abc']),
        namespaces: true,
        proxies: true,
      });
    }
  });

  it('reads no more than the container itself for its health or its name', () => {
    expect(event('container', 'health_status: healthy')).toEqual(dirtOf({ containers: new Set(['abc']) }));
    expect(event('container', 'rename')).toEqual(dirtOf({ containers: new Set(['abc']) }));
  });

  it('reads both ends of a connection', () => {
    expect(event('network', 'connect', { container: 'c1' })).toMatchObject({
      networks: new Set(['abc']),
      containers: new Set(['c1']),
      files: new Set(['c1']),
    });
  });

  it('reads everything after an event of which nothing is known', () => {
    expect(event('galaxy', 'explode').everything).toBe(true);
  });

  it('takes for an event only what is one', () => {
    expect(asDockerEvent({ Type: 'container', Action: 'start', Actor: { ID: 'x' } })).not.toBeNull();
    for (const value of [null, 3, {}, { Type: 'container' }, { Type: 'container', Action: 'start', Actor: {} }]) {
      expect(asDockerEvent(value)).toBeNull();
    }
  });
});

describe('mergeDirt', () => {
  it('covers both, and changes neither', () => {
    const a = mergeDirt(partsDirty('host', ['links']), dirtOf({ owners: true }));
    const b = partsDirty('host', ['rules']);
    const merged = mergeDirt(a, b);
    expect([...(merged.parts.get('host') ?? [])].sort()).toEqual(['links', 'rules']);
    expect(merged.owners).toBe(true);
    expect([...(a.parts.get('host') ?? [])]).toEqual(['links']);
    expect(isClean(cleanDirt())).toBe(true);
    expect(isClean(merged)).toBe(false);
  });
});
