import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { runCommand } from './runCommand.ts';
import { tar } from './tar.ts';

/** The one image of the lab: busybox, all its applets, and a page for `httpd -h /www`. */
export const imageName = 'vethscope/busybox';

const imageTars = new Map<string, Promise<Buffer>>();

/** The image's file system as a tar, from a static busybox on the machine (an engine's root has one). The same bytes each time. */
function imageTar(busybox: string): Promise<Buffer> {
  let made = imageTars.get(busybox);
  if (made === undefined) {
    made = makeImageTar(busybox);
    imageTars.set(busybox, made);
  }
  return made;
}

async function makeImageTar(busybox: string): Promise<Buffer> {
  const [program, list] = await Promise.all([readFile(busybox), runCommand([busybox, '--list'])]);
  const applets = list.split('\n').filter((name) => name !== '' && name !== 'busybox');
  return tar([
    { path: 'bin/', mode: 0o755 },
    { path: 'bin/busybox', mode: 0o755, content: program },
    ...applets.sort().map((name) => ({ path: `bin/${name}`, mode: 0o777, link: 'busybox' })),
    { path: 'etc/', mode: 0o755 },
    { path: 'etc/passwd', mode: 0o644, content: Buffer.from('root:x:0:0:root:/root:/bin/sh\n') },
    { path: 'etc/group', mode: 0o644, content: Buffer.from('root:x:0:\n') },
    { path: 'root/', mode: 0o700 },
    { path: 'tmp/', mode: 0o1777 },
    { path: 'www/', mode: 0o755 },
    { path: 'www/index.html', mode: 0o644, content: Buffer.from('vethscope lab\n') },
  ]);
}

/** Gives an engine the image. No registry is asked. */
export async function importImage(docker: Docker, busybox: string): Promise<void> {
  const stream = await docker.importImage(
    Readable.from([await imageTar(busybox)]) as unknown as NodeJS.ReadableStream,
    {
      repo: imageName,
      tag: 'latest',
    },
  );
  let answer = '';
  for await (const chunk of stream) answer += String(chunk);
  const failure = /"error"\s*:\s*"([^"]+)"/.exec(answer)?.[1];
  if (failure !== undefined) throw new Error(`The engine did not take the image "${imageName}": ${failure}`);
}
