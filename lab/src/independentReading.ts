import type Docker from 'dockerode';
import type { TestHost } from './testHost.ts';

/** What the tools of the test host itself printed of one network namespace. */
export interface NamespaceText {
  /** Inode of the namespace. */
  netns: number;
  /** Command to output. */
  outputs: ReadonlyMap<string, string>;
}

/** A host as iproute2, ss, ps and the engine tell it: no code of vethscope's has touched any of it. */
export interface IndependentReading {
  host: NamespaceText;
  /** By inode; containers that share a namespace are one. */
  containers: NamespaceText[];
  /** `ps -ww -C docker-proxy -o pid=,args=`. */
  proxies: string;
  networks: Docker.NetworkInspectInfo[];
  inspected: Docker.ContainerInspectInfo[];
  /** Container id to the inode of its process's namespace. */
  netnsOf: ReadonlyMap<string, number>;
}

const namespaceCommands = [
  'ip -j -d link show',
  'ip -j addr show',
  'ip -j -4 route show table all',
  'ip -j -6 route show table all',
  'ip -j neigh show',
  'ip -j neigh show proxy',
  'bridge -j -d link show',
  'ss -H -4 -tulnpe',
  'ss -H -6 -tulnpe',
] as const;
export type NamespaceCommand = (typeof namespaceCommands)[number];

const mark = '\u001e';

export async function readIndependently(host: Pick<TestHost, 'docker' | 'tryExec'>): Promise<IndependentReading> {
  const { docker } = host;
  const [networks, listed] = await Promise.all([docker.listNetworks(), docker.listContainers({ all: true })]);
  const [inspectedNetworks, inspected] = await Promise.all([
    Promise.all(networks.map(({ Id }) => docker.getNetwork(Id).inspect() as Promise<Docker.NetworkInspectInfo>)),
    Promise.all(listed.map(({ Id }) => docker.getContainer(Id).inspect())),
  ]);
  const pids = new Map(inspected.filter((each) => each.State.Pid > 0).map((each) => [each.Id, each.State.Pid]));
  const result = await host.tryExec(['sh', '-s', ...[...pids.values()].map(String)], { input: readingScript() });
  const { namespaces, proxies } = splitReading(result.stdout);
  const own = namespaces.get('own');
  if (own === undefined || result.status !== 0) {
    throw new Error(
      `The host's own tools could not read its network (${result.status}): ${result.stderr || 'they said nothing'}`,
    );
  }
  const netnsOf = new Map<string, number>();
  const containers = new Map<number, NamespaceText>();
  for (const [id, pid] of pids) {
    const text = namespaces.get(String(pid));
    if (text === undefined) continue;
    netnsOf.set(id, text.netns);
    // A container in host mode has the host's.
    if (text.netns !== own.netns && text.outputs.size > 0) containers.set(text.netns, text);
  }
  return { host: own, containers: [...containers.values()], proxies, networks: inspectedNetworks, inspected, netnsOf };
}

/** Reads every namespace once, however many containers share it. Each output follows a line with its name. */
function readingScript(): string {
  const each = namespaceCommands.map((command) => `printf '${mark}%s\\n' '${command}'; $enter ${command}`).join('\n  ');
  return `seen=' '
reading() {
  inode=$(readlink /proc/$2/ns/net) || return 0
  printf '${mark}namespace %s %s\\n' "$1" "$inode"
  case $seen in *" $inode "*) return 0 ;; esac
  seen="$seen$inode "
  ${each}
}
enter=''
reading own self
for pid in "$@"; do
  enter="nsenter --target $pid --net --"
  reading "$pid" "$pid"
done
printf '${mark}proxies\\n'
ps -ww -C docker-proxy -o pid=,args=
exit 0
`;
}

/** Splits what the reading script printed: by namespace (as "own" or a pid), then by command. */
export function splitReading(text: string): { namespaces: Map<string, NamespaceText>; proxies: string } {
  const namespaces = new Map<string, NamespaceText>();
  let outputs = new Map<string, string>();
  let proxies = '';
  for (const section of text.split(mark).slice(1)) {
    const end = section.indexOf('\n');
    const name = section.slice(0, end);
    const body = section.slice(end + 1);
    const namespace = /^namespace (\S+) net:\[(\d+)\]$/.exec(name);
    if (namespace !== null) {
      const [, key = '', inode] = namespace;
      outputs = new Map();
      namespaces.set(key, { netns: Number(inode), outputs });
    } else if (name === 'proxies') proxies = body;
    else outputs.set(name, body);
  }
  return { namespaces, proxies };
}
