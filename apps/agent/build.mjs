/*
 * Builds the vethscope command: dist/vethscope.js, one file with everything but koffi (it has a native part), dist/kernelWorker.js, the thread that
 * asks the kernel, and what is served and shown: the page, Swagger UI, the sample. dist/ runs wherever Node and koffi are.
 */
import { chmod, copyFile, cp, mkdir, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const dist = here('./dist');

// Some packages inside are CommonJS, and look for these at run time.
const commonJs = [
  "import { createRequire as __vethscopeRequire } from 'node:module';",
  "import { fileURLToPath as __vethscopePath } from 'node:url';",
  'const require = __vethscopeRequire(import.meta.url);',
  'const __filename = __vethscopePath(import.meta.url);',
  "const __dirname = __vethscopePath(new URL('.', import.meta.url));",
].join('\n');

/*
 * dockerode brings what builds images and speaks SSH. vethscope asks by GET over a socket: leaving the rest out halves the file, saves 30 MB of
 * memory, and what is not there cannot be used.
 */
const leftOut = {
  name: 'left-out',
  setup(build) {
    build.onResolve({ filter: /^(@grpc\/.*|protobufjs(\/.*)?|ssh2|tar-fs)$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const options = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  outdir: dist,
  // It has a native part, and is installed beside.
  external: ['koffi'],
  plugins: [leftOut],
  legalComments: 'linked',
  logLevel: 'warning',
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  ...options,
  entryPoints: { vethscope: here('./src/main.ts') },
  banner: { js: `#!/usr/bin/env node\n${commonJs}` },
});
await build({
  ...options,
  entryPoints: { kernelWorker: here('./src/host/kernelWorker.ts') },
  banner: { js: commonJs },
});
await chmod(`${dist}/vethscope.js`, 0o755);

await copyFile(here('../../packages/fixtures/recordings/docker-28.5-iptables-nft.json.gz'), `${dist}/sample.json.gz`);

const swagger = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
await mkdir(`${dist}/swagger`);
for (const file of ['swagger-ui.css', 'swagger-ui-bundle.js'])
  await copyFile(`${swagger}/${file}`, `${dist}/swagger/${file}`);

const web = here('../web/dist');
const webIsBuilt = await stat(`${web}/index.html`).then(
  () => true,
  () => false,
);
if (webIsBuilt) await cp(web, `${dist}/web`, { recursive: true });
else console.warn('apps/web/dist is not there: the agent will serve no page. npm run build builds both.');
