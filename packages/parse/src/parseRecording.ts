import {
  NamespaceReadings,
  NamespaceRecording,
  Recording,
  recordingFormat,
  recordingVersion,
  VethscopeError,
} from '@vethscope/model';
import { z } from 'zod';
import { asBody } from './engineText.ts';
import { jsonErrorOffset } from './jsonErrorOffset.ts';
import { firstIssue } from './readElements.ts';

/*
 * The elements of the readings are not checked here: one malformed route is a warning in the Snapshot, no reason to refuse the file.
 */
const list = z.array(z.unknown()).optional();
const LenientReadings = z.object({
  ...NamespaceReadings.shape,
  links: list,
  addresses: list,
  routes: list,
  policyRules: list,
  neighbors: list,
  fdb: list,
  sockets: list,
  sysctls: z.record(z.string(), z.unknown()).optional(),
});
const LenientRecording = z.object({
  ...Recording.shape,
  namespaces: z.array(z.object({ ...NamespaceRecording.shape, readings: LenientReadings })),
  processes: z.array(z.unknown()),
});

const writesOne = 'vethscope record -o FILE writes a recording';

/**
 * Checks that a JSON value is a recording, and gives it with its type. The elements of its readings are checked where they are
 * parsed. Throws VethscopeError: `unsupportedVersion` for another version of the format, `malformedRecording` for anything else, with
 * the path of the field in `where`.
 */
export function parseRecording(json: unknown): Recording {
  const body = asBody(json);
  if (body === null || body.format !== recordingFormat) {
    throw new VethscopeError('malformedRecording', 'this is not a vethscope recording', {
      where: body === null ? null : 'format',
      fix: writesOne,
    });
  }
  if (body.version !== recordingVersion) {
    throw new VethscopeError(
      'unsupportedVersion',
      `this recording has version ${JSON.stringify(body.version) ?? 'none'}, and version ${recordingVersion} is known here`,
      {
        where: 'version',
        fix: 'open it with the vethscope that wrote it, or a newer one',
        about: [JSON.stringify(body.version) ?? 'none'],
      },
    );
  }
  const result = LenientRecording.safeParse(json);
  if (!result.success) {
    throw new VethscopeError('malformedRecording', firstIssue(result.error), {
      where: result.error.issues[0]?.path.map(String).join('.') ?? null,
      cause: result.error,
    });
  }
  return result.data as Recording;
}

/** Line and column from 1 of an offset. */
function place(text: string, offset: number): string {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return `${line}:${offset - before.lastIndexOf('\n')}`;
}

/** The same from the text of a file. Throws `malformedRecording` with "LINE:COLUMN" where the text is not JSON. */
export function parseRecordingText(text: string): Recording {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const where = place(text, jsonErrorOffset(text));
    throw new VethscopeError('malformedRecording', 'this is not JSON', {
      where,
      fix: writesOne,
      cause: error,
    });
  }
  return parseRecording(json);
}
