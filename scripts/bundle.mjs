// Makes few files of each package: Node reads them many times faster than the hundreds that they are made of. What is
// imported on demand is in `chunks`, one folder deep as the folders of the sources are. The declarations come from tsc.
import { readFile, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where each package begins. */
const ENTRIES = {
  core: ['index.ts'],
  protocol: ['index.ts'],
  worker: ['index.ts'],
  master: ['index.ts', 'web.ts'],
  loadts: ['index.ts', 'bin.ts', 'local-workers/worker-process.ts'],
};
/** Of these only a part is needed, and they are many files themselves. */
const TAKEN_IN = ['zod'];

await Promise.all(Object.entries(ENTRIES).map(([name, entries]) => bundle(name, entries)));

/**
 * @param {string} name
 * @param {readonly string[]} entries
 */
async function bundle(name, entries) {
  const folder = `packages/${name}`;
  const { dependencies = {} } = JSON.parse(await readFile(`${ROOT}${folder}/package.json`, 'utf8'));
  const external = Object.keys(dependencies).filter((dependency) => !TAKEN_IN.includes(dependency));
  // Their names change with what is in them.
  await rm(`${ROOT}${folder}/dist/chunks`, { recursive: true, force: true });
  await build({
    absWorkingDir: ROOT,
    entryPoints: entries.map((entry) => `${folder}/src/${entry}`),
    outbase: `${folder}/src`,
    outdir: `${folder}/dist`,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    external,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  });
}
