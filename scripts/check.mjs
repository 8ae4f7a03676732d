// Runs the `check:*` scripts of package.json side by side: one line for each, and the output of those that fail.
// Usage: node scripts/check.mjs [lint types ...]
import { exec } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PREFIX = 'check:';
const MAX_OUTPUT_BYTES = 2 ** 26;

const { scripts } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'));
const known = Object.keys(scripts).filter((name) => name.startsWith(PREFIX));
const wanted = process.argv.slice(2).map((name) => PREFIX + name);
const unknown = wanted.filter((name) => !known.includes(name));

if (unknown.length > 0) {
  console.error(`error: no such script: ${unknown.join(', ')}\nhint: there are ${known.join(', ')}`);
  process.exitCode = 2;
} else {
  const startedAt = performance.now();
  const results = await Promise.all((wanted.length > 0 ? wanted : known).map(run));
  const failed = results.filter(({ ok }) => !ok);
  for (const { name, output } of failed) console.log(`\n--- ${name}: ${scripts[name]}\n\n${output}`);
  if (failed.length > 0) console.log(`failed: ${failed.map(({ name }) => name).join(', ')}`);
  else console.log(`all checks passed in ${seconds(startedAt)}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}

/**
 * @param {string} name
 * @returns {Promise<{ name: string, ok: boolean, output: string }>}
 */
function run(name) {
  const startedAt = performance.now();
  const env = { ...process.env, PATH: `${ROOT}node_modules/.bin${delimiter}${process.env['PATH']}` };
  return new Promise((resolve) => {
    exec(scripts[name], { cwd: ROOT, env, maxBuffer: MAX_OUTPUT_BYTES }, (error, stdout, stderr) => {
      console.log(`${error ? 'FAILED' : 'ok    '} ${name} (${seconds(startedAt)})`);
      resolve({ name, ok: error === null, output: stdout + stderr });
    });
  });
}

/** @param {number} startedAt */
function seconds(startedAt) {
  return `${((performance.now() - startedAt) / 1_000).toFixed(1)} s`;
}
