import { hostname } from 'node:os';
import type { Origin, SourceReport } from '@vethscope/model';
import { rootFix } from '../collect/sourceFailure.ts';

/** What is shown live, and what is missing for lack of rights. */
export function liveOrigin(sources: readonly SourceReport[]): Origin {
  const name = hostname();
  const docker = sources.find(({ source }) => source === 'docker');
  if (docker?.status === 'failed') return { kind: 'live', name, why: docker.reason, fix: docker.fix };
  if (sources.some(({ fault }) => fault === 'notRoot')) {
    return {
      kind: 'live',
      name,
      why: "vethscope does not run as root: containers' namespaces, rules and the processes of others are not shown.",
      fix: rootFix,
    };
  }
  return { kind: 'live', name, why: null, fix: null };
}

/** The sample instead of a host that cannot be read: why, and what to do. */
export function sampleOrigin(sources: readonly SourceReport[]): Origin {
  const docker = sources.find(({ source }) => source === 'docker');
  return {
    kind: 'sample',
    name: 'sample host',
    why: docker?.reason ?? 'No Docker Engine answers.',
    fix: docker?.fix ?? null,
  };
}
