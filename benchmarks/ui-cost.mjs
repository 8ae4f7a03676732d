// What an open web UI costs a master: the CPU time of its process while nobody looks, and while a page listens.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CLIENT_CORE, startServer } from './measure-client.mjs';
import { readOwnCpuUs } from './processes/tree-cpu.mjs';
import { formatSpread, median } from './table.mjs';

const ENTRIES = 50;
const USERS = 100;
const PORT = 18_089;
const WINDOW_MS = 5_000;
const ROUNDS = 4;
const LOADTS = fileURLToPath(new URL('../packages/loadts/dist/bin.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'loadts-ui-cost-'));
const script = join(folder, 'load.ts');
writeFileSync(
  script,
  `import { between, HttpUser, task } from 'loadts';
   export class Visitor extends HttpUser {
     waitTime = between(0.1, 0.3);
     @task async open() {
       for (let i = 0; i < 10; i++) {
         await this.client.get('/', { name: '/entry/' + Math.floor(this.random() * ${ENTRIES}) });
       }
     }
   }`,
);
const server = await startServer();
const url = `http://127.0.0.1:${PORT}`;
const load = ['-u', `${USERS}`, '-r', 'all', '-t', '2m', '-H', server.ready, '--processes', '1'];
const options = ['--autostart', '--web-port', `${PORT}`, '--no-run-file', '--no-progress', '-L', 'warn'];
const child = spawn(
  'taskset',
  ['-c', `${CLIENT_CORE}`, process.execPath, LOADTS, 'run', script, ...load, ...options],
  {
    stdio: 'ignore',
  },
);
const kill = () => void child.kill('SIGKILL');
process.once('exit', kill);
try {
  await sleep(8_000);
  /** @type {number[]} */
  const alone = [];
  /** @type {number[]} */
  const watched = [];
  let bytes = 0;
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await measure());
    const page = new AbortController();
    const { body } = await fetch(`${url}/api/v1/events`, { signal: page.signal });
    const reading = body?.pipeTo(new WritableStream({ write: (chunk) => void (bytes += chunk.length) }));
    watched.push(await measure());
    page.abort();
    await reading?.catch(() => {});
  }
  const added = watched.map((cost, round) => cost - (alone[round] ?? Number.NaN));
  console.log(`An open web UI: ${ENTRIES} entries, ${USERS} users, Node ${process.version}\n`);
  console.log('| CPU of the master process, ms a second | |');
  console.log('|---|---|');
  console.log(`| nobody looks | ${formatSpread(alone, 1)} |`);
  console.log(`| a page listens | ${formatSpread(watched, 1)} |`);
  console.log(`| what it adds | ${median(added).toFixed(1)}, target at most 30 |`);
  console.log(`\n${(bytes / 1_024 / ((ROUNDS * WINDOW_MS) / 1_000)).toFixed(1)} KiB a second to the page`);
} finally {
  process.off('exit', kill);
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await server.end();
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds of CPU a second. */
async function measure() {
  const startedUs = readOwnCpuUs(child.pid ?? 0);
  await sleep(WINDOW_MS);
  return (readOwnCpuUs(child.pid ?? 0) - startedUs) / WINDOW_MS;
}
