import { z } from 'zod';

/** What vethscope reads. One name per kind of reading; a namespace has one report for each that applies to it. */
export const sourceNames = [
  'docker',
  'swarm',
  'namespaces',
  'processes',
  'links',
  'addresses',
  'routes',
  'policyRules',
  'neighbors',
  'fdb',
  'sockets',
  'sysctls',
  'iptables',
  'ip6tables',
  'iptablesLegacy',
  'ip6tablesLegacy',
  'nft',
  'ipsets',
  'resolver',
] as const;
export const SourceName = z.enum(sourceNames);
export type SourceName = z.infer<typeof SourceName>;

/**
 * - `ok`: read completely.
 * - `partial`: read, but something in it was not (some processes are not ours to see, a line did not parse).
 * - `absent`: there is nothing to read, and that is no fault (no swarm, no ipset tool and no ipset in any rule).
 * - `failed`: it is there and could not be read.
 */
export const SourceStatus = z.enum(['ok', 'partial', 'absent', 'failed']);
export type SourceStatus = z.infer<typeof SourceStatus>;

/** Why a source is not `ok`. Closed, so that the page can say it in the reader's language. */
export const SourceFault = z.enum([
  'notRoot',
  'notInstalled',
  'notRunning',
  'refused',
  'timeout',
  'crashed',
  'exited',
  'gone',
  'malformed',
  'unsupported',
  'tooLarge',
  'notRecorded',
]);
export type SourceFault = z.infer<typeof SourceFault>;

/** How the reading of one source went. `sandbox` is null for what belongs to the whole host. `tookMs` in milliseconds. */
export const SourceReport = z.object({
  source: SourceName,
  sandbox: z.string().nullable(),
  status: SourceStatus,
  fault: SourceFault.nullable(),
  reason: z.string().nullable(),
  fix: z.string().nullable(),
  tookMs: z.number().nullable(),
});
export type SourceReport = z.infer<typeof SourceReport>;
