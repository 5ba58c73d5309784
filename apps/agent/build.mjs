/*
 * Builds the vethscope command: dist/vethscope.js with everything but koffi and resvg (they have native parts), dist/part-*.js beside it, which are loaded when they
 * are needed (the web server is, for one command of all), dist/kernelWorker.js, the thread that asks the kernel, and what is served and
 * shown: the page, Swagger UI, the sample, the fonts of pictures. dist/ runs wherever Node, koffi and resvg are.
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
  // They have native parts, and are installed beside.
  external: ['koffi', '@resvg/resvg-js'],
  plugins: [leftOut],
  legalComments: 'linked',
  logLevel: 'warning',
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await build({
  ...options,
  entryPoints: { vethscope: here('./src/main.ts') },
  splitting: true,
  chunkNames: 'part-[hash]',
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

await mkdir(`${dist}/fonts`);
for (const [name, folder, file] of [
  ['@expo-google-fonts/inter', '400Regular', 'Inter_400Regular.ttf'],
  ['@expo-google-fonts/inter', '600SemiBold', 'Inter_600SemiBold.ttf'],
  ['@expo-google-fonts/jetbrains-mono', '400Regular', 'JetBrainsMono_400Regular.ttf'],
  ['@expo-google-fonts/nanum-gothic', '400Regular', 'NanumGothic_400Regular.ttf'],
  ['@expo-google-fonts/nanum-gothic', '700Bold', 'NanumGothic_700Bold.ttf'],
]) {
  const font = dirname(createRequire(import.meta.url).resolve(`${name}/package.json`));
  await copyFile(`${font}/${folder}/${file}`, `${dist}/fonts/${file}`);
  await copyFile(`${font}/LICENSE_FONT`, `${dist}/fonts/${file.split('_')[0]}.LICENSE.txt`);
}

const web = here('../web/dist');
const webIsBuilt = await stat(`${web}/index.html`).then(
  () => true,
  () => false,
);
if (webIsBuilt) await cp(web, `${dist}/web`, { recursive: true });
else console.warn('apps/web/dist is not there: the agent will serve no page. npm run build builds both.');
