// The whole pipeline as one command: starts the service, waits until the model is loaded, runs the three profiles with
// their thresholds, and keeps the reports. Exit code 0 only if all of them pass.
//
//   node examples/model-api/pipeline.mjs --results results
//   node examples/model-api/pipeline.mjs --short --profile sustained -- --queue 1 --slow-ms 300
//
// `--short` is for trying it out: few users, seconds and demands. What follows `--` goes to the service.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const PROFILES = ['ramp-up', 'sustained', 'spike'];
/** @type {Record<string, string[]>} */
const SHORT = {
  'ramp-up': ['-u', '10', '-r', '5', '-t', '3s', '--threshold', 'errors < 1%'],
  sustained: ['-u', '8', '-t', '4s', '--threshold', 'errors < 1%', '--threshold', 'p95 < 5s'],
  spike: ['-u', '30', '-t', '5s', '--threshold', 'errors{stage="after"} < 1%'],
};
const LOADTS = fileURLToPath(new URL('bin.js', `file://${createRequire(import.meta.url).resolve('loadts')}`));
const SCRIPT = fileURLToPath(new URL('load.ts', import.meta.url));
const SERVER = fileURLToPath(new URL('server.mjs', import.meta.url));

const { values, positionals } = parseArgs({
  options: {
    results: { type: 'string', default: 'results' },
    short: { type: 'boolean', default: false },
    profile: { type: 'string', multiple: true, default: PROFILES },
  },
  allowPositionals: true,
});
await mkdir(values.results, { recursive: true });
const service = spawn(process.execPath, [SERVER, '--port', '0', ...positionals], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  process.exitCode = await runProfiles(await readUrl());
} finally {
  service.kill();
}

/** @param {string} url @returns the first exit code that is not 0 */
async function runProfiles(url) {
  let failed = 0;
  for (const profile of values.profile) {
    console.log(`\n=== ${profile}\n`);
    const code = await runProfile(profile, url);
    console.log(`\n${profile}: exit code ${code}`);
    failed ||= code;
  }
  console.log(`\nreports in ${values.results}: ${values.profile.map((name) => `${name}.html`).join(', ')}`);
  return failed;
}

/** @param {string} profile @param {string} url @returns {Promise<number>} */
async function runProfile(profile, url) {
  const path = `${values.results}/${profile}`;
  const files = ['--csv', path, '--html', `${path}.html`, '--json', `${path}.json`, '--junit', `${path}.xml`];
  const args = ['run', SCRIPT, '--headless', '-H', url, '--profile', profile, ...files];
  const short = values.short ? [...(SHORT[profile] ?? []), '--allow-overload'] : [];
  const command = spawn(process.execPath, [LOADTS, ...args, ...short], { stdio: 'inherit' });
  const [code] = await once(command, 'close');
  return code ?? 1;
}

/** @returns {Promise<string>} where the service listens */
async function readUrl() {
  for await (const line of createInterface({ input: service.stdout })) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('the service did not start');
}
