import { parseArgs } from 'node:util';
import { engineGenerations, isEngineGeneration } from './engines.ts';
import { startLoad } from './load.ts';
import { startTestHost, type TestHostOptions } from './testHost.ts';
import { createZoo } from './zoo.ts';

const usage = `Starts a test host with a real Docker Engine and keeps it until Ctrl-C.

  npx tsx lab/src/cli.ts up [--engine ${engineGenerations.join('|')}] [--iptables nft|legacy] [--no-userland-proxy]
                            [--name NAME] [--address N] [--zoo] [--load COUNT] [-- COMMAND ...]

A COMMAND runs on the host; its end ends the host. --load starts COUNT more containers.`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    allowNegative: true,
    options: {
      engine: { type: 'string', default: '28.5' },
      iptables: { type: 'string', default: 'nft' },
      'userland-proxy': { type: 'boolean', default: true },
      name: { type: 'string' },
      address: { type: 'string' },
      zoo: { type: 'boolean', default: false },
      load: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [verb, ...command] = positionals;
  if (values.help || verb !== 'up') {
    console.log(usage);
    process.exitCode = values.help ? 0 : 2;
    return;
  }
  const { engine, iptables } = values;
  if (!isEngineGeneration(engine)) {
    throw new Error(`There is no engine "${engine}" in the lab: --engine takes ${engineGenerations.join(', ')}.`);
  }
  if (iptables !== 'nft' && iptables !== 'legacy')
    throw new Error(`--iptables takes nft or legacy, not "${iptables}".`);
  const options: TestHostOptions = { engine, iptables, userlandProxy: values['userland-proxy'] };
  if (values.name !== undefined) options.name = values.name;
  if (values.address !== undefined) options.lanAddress = Number(values.address);
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  const started = Date.now();
  await using host = await startTestHost(options);
  if (values.zoo) await createZoo(host);
  if (values.load !== undefined) await startLoad(host, { count: Number(values.load) });
  const { Version } = await host.docker.version();
  console.log(`Docker Engine ${Version} on ${host.name}, ready in ${((Date.now() - started) / 1000).toFixed(1)} s
  socket   ${host.socketPath}
  netns    ${host.netnsPath}
  address  ${host.ipv4}, ${host.ipv6}
  enter    nsenter -t ${host.pid} -m -n -p -u -i
  lan      nsenter -t ${host.lan.pid} -n      internet  nsenter -t ${host.lan.internetPid} -n`);
  if (command.length === 0) {
    console.log('Ctrl-C stops it.');
    await interrupted;
    return;
  }
  const child = host.spawn(command, { stdio: 'inherit' });
  const ended = new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)));
  process.exitCode = await Promise.race([ended, interrupted.then(() => 130)]);
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
