import { ids, type Snapshot } from '@vethscope/model';

/**
 * One "See it yourself" command. `argv` is what the agent runs, in the namespace of `sandbox` (a Sandbox id; null: in the host's). `display` is
 * what a person would type for the same. `id` is stable for a record, so that a browser names a command without sending a word of it.
 */
export interface RecordCommand {
  id: string;
  title: string;
  argv: string[];
  sandbox: string | null;
  display: string;
}

const safe = {
  // The kernel takes almost anything as a link's name; what could be read as an option, a path or a pattern is not shown a command for.
  link: /^[A-Za-z0-9_][A-Za-z0-9_.:@+-]{0,14}$/,
  name: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
  chain: /^[A-Za-z0-9_][A-Za-z0-9_.+:-]{0,63}$/,
};

export type NameKind = keyof typeof safe;

/** The name if it can stand in a command as a plain word, else null: then there is no such command. */
export function safeName(kind: NameKind, name: string | null | undefined): string | null {
  return typeof name === 'string' && safe[kind].test(name) && !name.includes('..') ? name : null;
}

/** Only words that a shell takes as they are go without quotes. */
function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

const needsRoot = new Set(['iptables', 'ip6tables', 'iptables-legacy', 'ip6tables-legacy', 'nft', 'ss']);

export class CommandList {
  readonly commands: RecordCommand[] = [];

  constructor(private readonly snapshot: Snapshot) {}

  /** `sandbox` null or the host's: in the host's namespace. A null among the words: the name was not safe, and the command is left out. */
  add(id: string, title: string, words: (string | null)[], sandbox: string | null = null): void {
    const argv = words.filter((word) => word !== null);
    if (argv.length < words.length || this.commands.some((command) => command.id === id)) return;
    const inside = sandbox === null || sandbox === ids.hostSandbox ? null : sandbox;
    const typed = argv.map(shellWord).join(' ');
    if (inside === null) {
      const display = needsRoot.has(argv[0] ?? '') ? `sudo ${typed}` : typed;
      this.commands.push({ id, title, argv, sandbox: null, display });
      return;
    }
    const enter = this.entrance(inside);
    if (enter === null) return;
    this.commands.push({ id, title, argv, sandbox: inside, display: `sudo nsenter ${enter} ${typed}` });
  }

  /** How nsenter reaches a namespace: by a process in it, else by Docker's file for it. */
  private entrance(sandbox: string): string | null {
    const record = this.snapshot.records.sandbox[sandbox];
    if (!record) return null;
    if (record.pid !== null) return `-t ${record.pid} -n`;
    return record.path === null ? null : `--net=${shellWord(record.path)}`;
  }
}
