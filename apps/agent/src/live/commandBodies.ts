import { commandsFor, type RecordCommand } from '@vethscope/graph';
import { type CommandBody, recordTypes, type Snapshot, VethscopeError } from '@vethscope/model';

function requireRecord(snapshot: Snapshot, recordId: string): void {
  const isThere = recordTypes.some((type) => Object.hasOwn(snapshot.records[type], recordId));
  if (!isThere) throw new VethscopeError('notFound', 'There is no such record now.', { where: 'record' });
}

/** The commands of a record for the page. `whyNot` says why none of them can be run; null: they can. */
export function commandBodies(snapshot: Snapshot, recordId: string, whyNot: string | null): CommandBody[] {
  requireRecord(snapshot, recordId);
  return commandsFor(snapshot, recordId).map(({ id, title, display }) => ({
    id,
    title,
    command: display,
    runnable: whyNot === null,
    why: whyNot,
  }));
}

/** The entry of the fixed list. Throws `notFound` for the record, `commandNotListed` for the command. */
export function commandNamed(snapshot: Snapshot, recordId: string, commandId: string): RecordCommand {
  requireRecord(snapshot, recordId);
  const command = commandsFor(snapshot, recordId).find(({ id }) => id === commandId);
  if (!command) {
    throw new VethscopeError('commandNotListed', 'That is none of the commands that vethscope runs.', {
      where: 'command',
    });
  }
  return command;
}
