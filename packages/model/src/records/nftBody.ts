import { z } from 'zod';

/** An expression of libnftables-json(5): a literal, or an object with one key that names its kind. Typed when it is evaluated. */
export type NftExpression = string | number | boolean | null | NftExpression[] | { [key: string]: NftExpression };
export const NftExpression: z.ZodType<NftExpression> = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(NftExpression), z.record(z.string(), NftExpression)]),
);

/**
 * The statements of a rule in the order of libnftables-json(5), each with the key that names it taken out as `kind` ("ct count" is `ctCount`,
 * "last" `lastUsed`, and so on). A `counter` that is the rule's own has `value` null: its figures are in the Snapshot's counters. `unknown`
 * holds the statement as it was, key and all.
 */
export const NftStatement = z.object({
  kind: z.enum([
    'match',
    'counter',
    'accept',
    'drop',
    'return',
    'continue',
    'jump',
    'goto',
    'vmap',
    'reject',
    'dnat',
    'snat',
    'masquerade',
    'redirect',
    'log',
    'limit',
    'ctCount',
    'quota',
    'mangle',
    'notrack',
    'queue',
    'set',
    'map',
    'meter',
    'fwd',
    'dup',
    'tproxy',
    'flow',
    'ctHelper',
    'ctTimeout',
    'ctExpectation',
    'secmark',
    'tunnel',
    /** `reset tcp option`. */
    'reset',
    'synproxy',
    'lastUsed',
    'xt',
    'unknown',
  ]),
  value: NftExpression,
});
export type NftStatement = z.infer<typeof NftStatement>;

export const NftBody = z.object({ syntax: z.literal('nft'), statements: z.array(NftStatement) });
export type NftBody = z.infer<typeof NftBody>;
