import { z } from 'zod';

export const Family = z.union([z.literal(4), z.literal(6)]);
export type Family = z.infer<typeof Family>;

export const Transport = z.enum(['tcp', 'udp', 'sctp']);
export type Transport = z.infer<typeof Transport>;
