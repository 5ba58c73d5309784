import { tryCommand } from '../runCommand.ts';
import { kindName, type TestEngineKind } from '../testEngineKinds.ts';
import { startTestHost, type TestHost } from '../testHost.ts';
import { createZoo } from '../zoo.ts';
import type { PathComparison } from './comparePaths.ts';
import { turnMachineSwitch } from './machineSwitch.ts';
import { SourcePorts, testPaths } from './observePaths.ts';
import type { PathScenario } from './pathScenario.ts';
import { scenarioQuestions } from './scenarioQuestions.ts';
import { scenarios } from './scenarios.ts';
import { startTestServers } from './testServers.ts';
import { type ZooPlaces, zooPlaces } from './zooPlaces.ts';
import { zooQuestions } from './zooQuestions.ts';

/** A set of packets on one engine, and what came of it. `failure` where it could not be asked. */
export interface PathResult {
  name: string;
  comparison: PathComparison | null;
  failure: string | null;
}

export interface KindResult {
  kind: TestEngineKind;
  /** What the engine calls itself, what iptables does, and the kernel's release. */
  engineVersion: string;
  iptablesVersion: string;
  zoo: PathResult;
  scenarios: PathResult[];
}

/** Every packet of the zoo and of the scenarios on one engine. `tell` is given each result as it comes. */
export async function verifyKind(
  kind: TestEngineKind,
  { tell, only }: { tell: (result: PathResult) => void; only: (scenario: string) => boolean },
): Promise<KindResult> {
  await using host = await startTestHost(kind);
  await createZoo(host);
  // The router has the host's IPv4 networks already; without this one a packet to a container's IPv6 address would not set out.
  await host.lan.route('fd00:6::/64', host.ipv6);
  // The kernel sends few ICMP errors a second to one machine; the lab asks for many.
  await host.exec([
    'sysctl',
    '-qw',
    'net.ipv4.icmp_ratelimit=0',
    'net.ipv4.icmp_ratemask=0',
    'net.ipv6.icmp.ratelimit=0',
  ]);
  await using _errors = await turnMachineSwitch('routeErrorCost');
  const places = await zooPlaces(host);
  await using _servers = await startTestServers(host, places);
  const ports = new SourcePorts();
  const { Version } = await host.docker.version();
  const iptablesVersion = (await host.exec(['iptables', '--version'])).trim().replace(/^iptables v/, '');
  const told = (result: PathResult): PathResult => {
    tell(result);
    return result;
  };
  const zoo = told(
    await resultOf(`${kindName(kind)} › zoo`, () =>
      testPaths(host, { places, ports, questions: zooQuestions(host, places) }),
    ),
  );
  const results: PathResult[] = [];
  for (const scenario of scenarios) {
    if ((scenario.native && host.iptables === 'legacy') || !only(scenario.name)) continue;
    const name = `${kindName(kind)} › ${scenario.name}`;
    results.push(told(await resultOf(name, () => testScenario(host, { scenario, places, ports }))));
  }
  return { kind, engineVersion: Version, iptablesVersion, zoo, scenarios: results };
}

/** What could not be asked is tried once more: a busy machine may have been too late to be read. */
async function resultOf(name: string, test: () => Promise<PathComparison>): Promise<PathResult> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return { name, comparison: await test(), failure: null };
    } catch (error) {
      if (attempt > 1)
        return { name, comparison: null, failure: error instanceof Error ? error.message : String(error) };
    }
  }
}

async function testScenario(
  host: TestHost,
  { scenario, places, ports }: { scenario: PathScenario; places: ZooPlaces; ports: SourcePorts },
): Promise<PathComparison> {
  const env = { HOST: host.ipv4, HOST6: host.ipv6 };
  const questions = [...scenarioQuestions(host, places), ...(scenario.questions?.(host) ?? [])];
  try {
    await host.exec(['sh', '-ec', scenario.apply], { env });
    return await testPaths(host, { places, ports, questions });
  } finally {
    // Every line is tried: where the scenario came up only in part, the rest must go all the same.
    await host.tryExec(['sh', '-c', scenario.undo], { env });
  }
}

/** The kernel that was the judge. */
export async function kernelRelease(): Promise<string> {
  return (await tryCommand(['uname', '-r'])).stdout.trim();
}
