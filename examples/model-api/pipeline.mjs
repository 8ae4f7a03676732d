// The whole pipeline as one command: starts the service, waits until the model is loaded, runs the three profiles with
// their thresholds, and keeps the reports. Exit code 0 only if all of them pass.
//
//   node examples/model-api/pipeline.mjs --results results
//   node examples/model-api/pipeline.mjs --short --profile sustained -- --queue 1 --slow-ms 300
//
// `--short` is for trying it out: few users, seconds and demands; `--users` and `--run-time` stand in for those of the
// profiles. What follows `--` goes to the service. Ctrl-C ends the load, which still writes its reports, and the service.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** @import { ChildProcess } from 'node:child_process' */
/** @import { Readable } from 'node:stream' */

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

const USAGE = `usage: node pipeline.mjs [options] [-- options of the service]

  --results FOLDER   where the reports go (default: results)
  --profile NAME     ${PROFILES.join(', ')}; several times for several (default: all)
  --short            few users, seconds and demands, to try it out
  --users N          instead of the profile's
  --run-time TIME    instead of the profile's, such as 90s
`;
const EXIT_USAGE = 2;
/** @type {Record<string, number>} */
const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 };

try {
  const { values, positionals } = parseArgs({
    options: {
      results: { type: 'string', default: 'results' },
      short: { type: 'boolean', default: false },
      profile: { type: 'string', multiple: true, default: PROFILES },
      users: { type: 'string' },
      'run-time': { type: 'string' },
      help: { type: 'boolean', short: 'h', default: false },
    },
    allowPositionals: true,
  });
  if (values.help) process.stdout.write(USAGE);
  else process.exitCode = await runPipeline(values, positionals);
} catch (error) {
  process.stderr.write(`error: ${/** @type {Error} */ (error).message}\n`);
  process.exitCode = EXIT_USAGE;
}

/**
 * @typedef {object} Wanted
 * @property {string} results
 * @property {boolean} short
 * @property {string[]} profile
 * @property {string} [users] instead of the profile's
 * @property {string} [run-time] instead of the profile's
 */

/**
 * @param {Wanted} wanted
 * @param {string[]} serviceOptions
 * @returns {Promise<number>} the first exit code that is not 0
 */
async function runPipeline(wanted, serviceOptions) {
  await mkdir(wanted.results, { recursive: true });
  // In groups of their own, Ctrl-C does not reach the service, nor the load behind the back of this process: the load
  // ends first, with its reports, and then the service.
  const service = spawn(process.execPath, [SERVER, '--port', '0', ...serviceOptions], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
  const ended = once(service, 'close');
  /** @type {NodeJS.Signals | undefined} */
  let stoppedBy;
  /** @type {ChildProcess | undefined} */
  let load;
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.on(signal, () => {
      stoppedBy ??= signal;
      if (load) load.kill(signal);
      else service.kill();
    });
  }
  let failed = 0;
  try {
    const url = await readUrl(service.stdout);
    for (const profile of wanted.profile) {
      if (stoppedBy) break;
      console.log(`\n=== ${profile}\n`);
      load = startLoad(profile, url, wanted);
      const [code] = await once(load, 'close');
      load = undefined;
      console.log(`\n${profile}: exit code ${code ?? 1}`);
      failed ||= code ?? 1;
    }
  } catch (error) {
    if (!stoppedBy) throw error;
  } finally {
    service.kill();
    await ended;
  }
  if (stoppedBy) return Number(EXIT_CODES[stoppedBy]);
  console.log(`\nreports in ${wanted.results}: ${wanted.profile.map((name) => `${name}.html`).join(', ')}`);
  return failed;
}

/** @param {string} profile @param {string} url @param {Wanted} wanted */
function startLoad(profile, url, { results, short, users, 'run-time': runTime }) {
  const path = `${results}/${profile}`;
  const files = ['--csv', path, '--html', `${path}.html`, '--json', `${path}.json`, '--junit', `${path}.xml`];
  const given = [
    ...(short ? [...(SHORT[profile] ?? []), '--allow-overload'] : []),
    ...(users === undefined ? [] : ['-u', users]),
    ...(runTime === undefined ? [] : ['-t', runTime]),
  ];
  const args = ['run', SCRIPT, '--headless', '-H', url, '--profile', profile, ...files, ...given];
  return spawn(process.execPath, [LOADTS, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
}

/** @param {Readable} output @returns {Promise<string>} where the service listens */
async function readUrl(output) {
  for await (const line of createInterface({ input: output })) {
    const [url] = /http:\/\/\S+/.exec(line) ?? [];
    if (url) return url;
  }
  throw new Error('the service did not start');
}
