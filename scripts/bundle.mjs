// Makes one file of each library package: Node reads it many times faster than the hundreds that it is made of. The
// declarations come from tsc.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Where each package begins. */
const ENTRIES = {
  core: ['index.ts'],
  protocol: ['index.ts'],
  worker: ['index.ts'],
  master: ['index.ts', 'web.ts'],
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
  await build({
    absWorkingDir: ROOT,
    entryPoints: entries.map((entry) => `${folder}/src/${entry}`),
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
