import { z } from 'zod';

/**
 * The closed table of codes that cross a boundary: HTTP, stream and command line. `http` is the status that the agent
 * answers with, `exit` the exit status of the command.
 */
export const errorTable = {
  badRequest: { http: 400, exit: 64, means: 'the request is not of the form that this resource takes' },
  usage: { http: 400, exit: 64, means: 'the command line is not of the form that this command takes' },
  hostNotAllowed: { http: 403, exit: 70, means: 'the Host header names something other than this agent' },
  originNotAllowed: { http: 403, exit: 70, means: 'the request came from a page of another origin' },
  tokenRequired: { http: 401, exit: 77, means: 'the agent listens beyond loopback and asks for its token' },
  notFound: { http: 404, exit: 66, means: 'there is no such resource or record' },
  tooManyRequests: { http: 429, exit: 75, means: 'more requests than the agent answers in this time' },
  malformedRecording: { http: 400, exit: 65, means: 'the file is not a recording, or it is broken' },
  unsupportedVersion: { http: 400, exit: 65, means: 'the recording was written in a format that is not known here' },
  unreadableFile: { http: 400, exit: 66, means: 'the file cannot be read' },
  unwritableFile: { http: 500, exit: 73, means: 'the file cannot be written' },
  addressInUse: { http: 500, exit: 69, means: 'another process listens on this port' },
  notReady: { http: 503, exit: 75, means: 'nothing has been read yet' },
  sourceFailed: { http: 502, exit: 69, means: 'a source on the host could not be read' },
  commandNotListed: { http: 404, exit: 64, means: 'the command is not one of those that the agent runs' },
  notReadable: { http: 409, exit: 77, means: 'the agent may not read this: it shows a recording, or is not root' },
  probeNotAllowed: { http: 409, exit: 77, means: 'live probes are off: the agent was not started with --allow-probe' },
  probeNotPossible: { http: 422, exit: 64, means: 'this cannot be probed, from here or at all' },
  probeNeedsConfirmation: {
    http: 409,
    exit: 64,
    means: 'the packet would go to an address outside this host: send it again with this address confirmed',
  },
  probeBusy: { http: 409, exit: 75, means: 'another probe is under way; they go one at a time' },
  probeFailed: { http: 502, exit: 69, means: 'the kernel would not take the probe' },
  internal: { http: 500, exit: 70, means: 'a fault in vethscope' },
} as const satisfies Record<string, { http: number; exit: number; means: string }>;

export const errorCodes = Object.keys(errorTable) as [ErrorCode, ...ErrorCode[]];
export type ErrorCode = keyof typeof errorTable;

/**
 * What a boundary answers instead of a result: what was wrong, where (a field, a line, a word), and what to do. `about`: the names and numbers in
 * the message, for who says it in another language.
 */
export const ErrorBody = z.object({
  code: z.enum(errorCodes),
  message: z.string(),
  where: z.string().nullable(),
  fix: z.string().nullable(),
  about: z.array(z.string()).optional(),
});
export type ErrorBody = z.infer<typeof ErrorBody>;

/** The one error class. It carries a code of the table; its cause is kept for the log and never sent. */
export class VethscopeError extends Error {
  readonly code: ErrorCode;
  readonly where: string | null;
  readonly fix: string | null;
  readonly about: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { where?: string | null; fix?: string | null; about?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'VethscopeError';
    this.code = code;
    this.where = options.where ?? null;
    this.fix = options.fix ?? null;
    this.about = options.about ?? [];
  }

  toBody(): ErrorBody {
    const { code, message, where, fix, about } = this;
    return { code, message, where, fix, ...(about.length === 0 ? {} : { about: [...about] }) };
  }
}
