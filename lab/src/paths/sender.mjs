/*
 * Runs inside a network namespace of the lab and sends real packets. Plain JavaScript, because a test host has Node and nothing that
 * would translate TypeScript. Standard input: a SenderBatch (senderBatch.ts). With `serve` it answers until it is killed; else it asks
 * every question and prints a list of SenderAnswer.
 */
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { connect, createServer, isIPv6 } from 'node:net';
import { text } from 'node:stream/consumers';

const byErrno = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'closed',
  ENETUNREACH: 'netUnreachable',
  EHOSTUNREACH: 'hostUnreachable',
  EADDRNOTAVAIL: 'noSource',
  ETIMEDOUT: 'timeout',
};
const ofError = (error) => byErrno[error.code] ?? `error ${error.code}`;

function askTcp({ address, port, sourcePort }, timeoutMs) {
  return new Promise((resolve) => {
    let connected = false;
    const family = isIPv6(address) ? 6 : 4;
    const socket = connect({ host: address, port, localPort: sourcePort, family });
    const end = (outcome) => {
      clearTimeout(timer);
      resolve({ outcome });
      socket.destroy();
    };
    // An ICMPv6 error that comes while connect() still has the socket is noted by the kernel (LockDroppedIcmps) and told when the SYN is sent
    // again, after a second. Of IPv4 it is told at once.
    const patience = family === 6 ? timeoutMs + 600 : timeoutMs;
    const timer = setTimeout(() => end(connected ? 'silent' : 'timeout'), patience);
    socket.on('connect', () => {
      connected = true;
      socket.write('GET / HTTP/1.0\r\n\r\n');
    });
    socket.on('data', () => end('answered'));
    socket.on('end', () => end('closed'));
    socket.on('error', (error) => end(connected ? 'closed' : ofError(error)));
  });
}

function askUdp({ address, port, sourcePort }, timeoutMs) {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
    let ended = false;
    const end = (outcome) => {
      if (ended) return;
      ended = true;
      clearTimeout(timer);
      resolve({ outcome });
      socket.close();
    };
    const timer = setTimeout(() => end('timeout'), timeoutMs);
    socket.on('error', (error) => end(ofError(error)));
    socket.on('message', () => end('answered'));
    socket.bind(sourcePort, () => {
      // Connected, because only then does the kernel tell of an ICMP error.
      socket.connect(port, address, (error) => {
        if (error) end(ofError(error));
        else socket.send('?', (failure) => failure && end(ofError(failure)));
      });
    });
  });
}

function askIcmp({ address }) {
  return new Promise((resolve) => {
    const child = spawn('busybox', ['ping', '-c', '1', '-W', '1', address], { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', (error) => resolve({ outcome: `error ${error.code}` }));
    child.on('close', (status) => {
      const outcome =
        status === 0
          ? 'answered'
          : /network (is )?unreachable/i.test(said)
            ? 'netUnreachable'
            : /no route to host/i.test(said)
              ? 'hostUnreachable'
              : /cannot assign requested address/i.test(said)
                ? 'noSource'
                : /permission denied/i.test(said)
                  ? 'error EACCES'
                  : /invalid argument/i.test(said)
                    ? 'error EINVAL'
                    : 'timeout';
      // busybox writes its process id into the packet: by it the kernel's trace is found.
      resolve({ outcome, icmpId: (child.pid ?? 0) & 0xffff });
    });
  });
}

async function addressOf(question, { hosts, nameservers }) {
  if (question.name === undefined) return question.address;
  const known = hosts[question.name];
  if (known !== undefined) return known;
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers(nameservers);
  const [first] = await resolver.resolve4(question.name).catch(() => []);
  return first;
}

async function ask(question, batch) {
  const address = await addressOf(question, batch);
  if (address === undefined) return { id: question.id, address: null, outcome: 'unresolved' };
  const given = { ...question, address };
  const send = { tcp: askTcp, udp: askUdp, icmp: askIcmp }[question.protocol];
  return { id: question.id, address, ...(await send(given, batch.timeoutMs)) };
}

function serve({ tcp, udp, addresses }) {
  for (const port of tcp)
    createServer((socket) => socket.on('error', () => socket.destroy()).pipe(socket)).listen(port);
  for (const port of udp) {
    for (const address of addresses) {
      const type = isIPv6(address) ? 'udp6' : 'udp4';
      const socket = createSocket({ type, ipv6Only: type === 'udp6' });
      socket.on('error', () => undefined);
      socket.on('message', (message, from) => socket.send(message, from.port, from.address));
      socket.bind(port, address);
    }
  }
  process.stdout.write('ready\n');
}

if (process.argv[2] === 'serve') {
  serve(JSON.parse(process.argv[3]));
} else {
  const batch = JSON.parse(await text(process.stdin));
  const waiting = batch.questions.values();
  const answers = [];
  const worker = async () => {
    for (const question of waiting) answers.push(await ask(question, batch));
  };
  await Promise.all(Array.from({ length: batch.width }, worker));
  process.stdout.write(JSON.stringify(answers));
}
