// How long it takes from the command to the first request: `loadts run`, with one worker process and with a script to bundle.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatSpread, printTable } from './table.mjs';

const ROUNDS = Number(process.argv[2] ?? 9);
const SCRIPT = `import { HttpUser, task } from 'loadts';
export class Visitor extends HttpUser {
  @task
  async home() {
    await this.client.get('/');
  }
}
`;
const bin = fileURLToPath(new URL('../packages/loadts/dist/bin.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'loadts-start-'));
writeFileSync(join(folder, 'script.ts'), SCRIPT);
const server = createServer((_, response) => response.end('ok')).listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
const url = `http://127.0.0.1:${port}`;

/** @type {[name: string, args: string[]][]} */
const WAYS = [
  ['loadts run URL', ['run', url]],
  ['loadts run script.ts', ['run', join(folder, 'script.ts'), '--host', url]],
];
/** @type {Map<string, number[]>} */
const times = new Map(WAYS.map(([name]) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, args] of WAYS) times.get(name)?.push(await measure(args));
}
server.close();
rmSync(folder, { recursive: true });
console.log(`From the command to the first request, Node ${process.version}`);
printTable([['command', 'ms'], ...Array.from(times, ([name, all]) => [name, formatSpread(all)])]);

/** @param {string[]} args */
async function measure(args) {
  const begin = performance.now();
  const more = ['--headless', '-u', '1', '--run-time', '1s', '--processes', '1'];
  const child = spawn(process.execPath, [bin, ...args, ...more], { stdio: 'ignore' });
  await once(server, 'request');
  const ms = performance.now() - begin;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return ms;
}
