import { syntheticRecording } from '@vethscope/fixtures';
import { VethscopeError } from '@vethscope/model';
import { describe, expect, it } from 'vitest';
import { parseRecording, parseRecordingText } from './parseRecording.ts';

function errorOf(run: () => unknown): { code: string; where: string | null } {
  try {
    run();
  } catch (error) {
    if (error instanceof VethscopeError) return { code: error.code, where: error.where };
    throw error;
  }
  throw new Error('it did not throw');
}

const good = () => structuredClone(syntheticRecording({ containers: 1, networks: 1, portsPerContainer: 1, seed: 1 }));

describe('parseRecording', () => {
  it('gives a recording as it is', () => {
    expect(parseRecording(good())).toEqual(good());
  });

  it.each([[null], [[]], ['x'], [3], [{}], [{ format: 'har' }]])('%j is not a recording', (value) => {
    expect(errorOf(() => parseRecording(value)).code).toBe('malformedRecording');
  });

  it('a version that is not known is said as such', () => {
    expect(errorOf(() => parseRecording({ ...good(), version: 2 }))).toEqual({
      code: 'unsupportedVersion',
      where: 'version',
    });
  });

  it('names the field that is wrong', () => {
    const recording = good();
    const namespaces = [{ ...recording.namespaces[0], netns: 'x' }];
    expect(errorOf(() => parseRecording({ ...recording, namespaces }))).toEqual({
      code: 'malformedRecording',
      where: 'namespaces.0.netns',
    });
  });

  it('lets an element of a reading pass: that is a warning of its own', () => {
    const recording = good();
    const namespaces = [{ ...recording.namespaces[0], readings: { routes: [{ nonsense: true }] } }];
    expect(() => parseRecording({ ...recording, namespaces })).not.toThrow();
  });
});

describe('parseRecordingText', () => {
  it('reads text', () => {
    expect(parseRecordingText(JSON.stringify(good()))).toEqual(good());
  });

  it('says line and column of what is not JSON', () => {
    expect(errorOf(() => parseRecordingText('{\n  "format": nope\n}'))).toEqual({
      code: 'malformedRecording',
      where: '2:13',
    });
    expect(errorOf(() => parseRecordingText('{\n  "format": "x"')).where).toMatch(/^2:/);
    expect(errorOf(() => parseRecordingText('')).code).toBe('malformedRecording');
  });
});
