import type { CommandsBody } from '@vethscope/model';
import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Feed } from '../live/feed.ts';

export const CommandsQuery = z.object({ record: z.string().max(500) });
export const CommandOutputQuery = CommandsQuery.extend({ command: z.string().max(100) });

/** The commands that show a record. */
export function commands(feed: Feed): RequestHandler {
  return async (request, response) => {
    const { record } = CommandsQuery.parse(request.query);
    await feed.fresh();
    const body: CommandsBody = { record, commands: feed.commands(record) };
    response.json(body);
  };
}

/** What one of them prints now. The request names an entry of the list: no word of it becomes a word of the command. */
export function commandOutput(feed: Feed): RequestHandler {
  return async (request, response) => {
    const { record, command } = CommandOutputQuery.parse(request.query);
    await feed.fresh();
    response.json(await feed.runCommand(record, command));
  };
}
