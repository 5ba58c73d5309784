import { fixtureNames, readFixture } from '@vethscope/fixtures';
import type { QuestionInput } from '@vethscope/model';
import { parseRecording, snapshotOf } from '@vethscope/parse';
import { tracePath } from '@vethscope/path';
import { describe, expect, it } from 'vitest';
import { lanesSceneOf } from './index.ts';
import { sceneFaults } from './sceneFaults.ts';

const container = (name: string) => ({ kind: 'container' as const, name });
const questions: [QuestionInput['from'], QuestionInput['to']][] = [
  [{ kind: 'internet' }, { kind: 'host', port: 8080 }],
  [{ kind: 'host' }, { kind: 'address', address: '127.0.0.1', port: 8080 }],
  [container('web'), { kind: 'container', name: 'api', port: 80 }],
  [container('plain'), { kind: 'address', address: '1.1.1.1', port: 443 }],
  [container('plain'), { kind: 'container', name: 'api', port: 80 }],
  [container('web'), { kind: 'name', name: 'example.org', port: 443 }],
];

describe.each(fixtureNames)('the lanes of paths on %s', (name) => {
  const snapshot = snapshotOf(parseRecording(readFixture(name)));

  it.each(questions.map((question, index) => [index, ...question] as const))(
    '[P6] are good to read: question %d',
    (_, from, to) => {
      const trace = tracePath(snapshot, { from, to, protocol: 'tcp' });
      const scene = lanesSceneOf(snapshot, trace, { theme: 'light' });
      expect(sceneFaults(scene)).toEqual([]);
      const ids = scene.shapes.flatMap((shape) => (shape.kind === 'group' ? [shape.id] : []));
      expect(ids.filter((id) => id.startsWith('lane:')).length).toBeGreaterThanOrEqual(
        trace.legs.flatMap(({ hops }) => hops).length,
      );
    },
  );
});
