// What one request costs in CPU time with loadts, wrk and others: the same nginx on another core, interleaved rounds.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { HAS_NGINX, startNginx } from './processes/start-nginx.mjs';
import { readTreeCpuUs } from './processes/tree-cpu.mjs';
import { formatSpread, median } from './table.mjs';

/** @import { Nginx } from './processes/start-nginx.mjs' */

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '64' },
    body: { type: 'string', default: '50' },
    rounds: { type: 'string', default: '3' },
    tls: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
  },
});
const [SERVER_CORE, CLIENT_CORE] = [0, 1];
const WARM_UP_MS = 1_200;
const LONGEST_WARM_UP_MS = 5_000;
const WARM_UP_REQUESTS = 100_000;
const WINDOW_MS = Number(process.env.WIN ?? 2_500);
const users = values.users;

/**
 * @typedef {{ name: string, needs?: string, command: (url: string) => string[] }} Client
 * @typedef {{ cpuUs: number, perSecond: number, load: number, serverLoad: number }} Round
 */

/** @param {string} file */
const own = (file) => fileURLToPath(new URL(`processes/${file}`, import.meta.url));
const node = [process.execPath, '--max-semi-space-size=64'];

const K6_SCRIPT = join(mkdtempSync(join(tmpdir(), 'loadts-k6-')), 'script.js');
writeFileSync(K6_SCRIPT, "import http from 'k6/http';\nexport default () => http.get(__ENV.URL);\n");

const CLIENTS = [
  { name: 'wrk', needs: 'wrk', command: (url) => ['wrk', '-t1', `-c${users}`, '-d60s', url] },
  ...(process.env.VARIANTS ?? '').split(';').filter(Boolean).map((v) => { const [name, flags, root] = v.split('='); const f = (flags??'').split(',').filter(Boolean).map((x)=>x.replace(':','='));
   return { name, command: (url) => [process.execPath, ...f, (root ? root + '/benchmarks/processes/loadts-client.mjs' : own('loadts-client.mjs')), url, users, '', '', process.env.ENTRIES ?? '1'] }; }),
  ...(process.env.AC ? [{ name: 'autocannon', command: (url) => [process.execPath, own('autocannon-client.mjs'), url, users] }] : []),
].filter(({ name, needs }) => isWanted(name) && (needs === undefined || has(needs)));

if (!HAS_NGINX) {
  console.error('this comparison needs nginx on the PATH (and takes wrk, k6 and locust where it finds them)');
  process.exit(1);
}
const nginx = await startNginx({ core: SERVER_CORE, bodyBytes: Number(values.body) });
/** @type {Map<Client, Round[]>} */
const rounds = new Map(CLIENTS.map((client) => [client, []]));
try {
  for (let round = 0; round < Number(values.rounds); round++) {
    // In turn, so that whatever else the machine does hits all alike.
    for (const client of CLIENTS) rounds.get(client)?.push(await measure(client, nginx));
  }
} finally {
  await nginx.end();
  rmSync(dirname(K6_SCRIPT), { recursive: true });
}
print();

/**
 * @param {Client} client
 * @param {Nginx} server
 * @returns {Promise<Round>}
 */
async function measure(client, server) {
  const [program = '', ...args] = client.command(`${values.tls ? server.tlsUrl : server.url}/`);
  const child = spawn('taskset', ['-c', String(CLIENT_CORE), program, ...args], {
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: '0' },
  });
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  try {
    await warmUp(server);
    const before = await read(child.pid ?? 0, server);
    await sleep(WINDOW_MS);
    const after = await read(child.pid ?? 0, server);
    const requests = after.requests - before.requests - 1;
    if (requests === 0) throw new Error(`${client.name} has sent nothing`);
    const elapsedUs = after.atUs - before.atUs;
    return {
      cpuUs: (after.clientUs - before.clientUs) / requests,
      perSecond: (requests / elapsedUs) * 1_000_000,
      load: (after.clientUs - before.clientUs) / elapsedUs,
      serverLoad: (after.serverUs - before.serverUs) / elapsedUs,
    };
  } finally {
    process.off('exit', kill);
    const ended = once(child, 'exit');
    kill();
    await ended;
  }
}

/**
 * Waits for a number of requests, since it is by repetition that code gets optimized.
 * @param {Nginx} server
 */
async function warmUp(server) {
  const end = performance.now() + LONGEST_WARM_UP_MS;
  const target = (await server.requests()) + WARM_UP_REQUESTS;
  await sleep(WARM_UP_MS);
  while (performance.now() < end && (await server.requests()) < target) await sleep(100);
}

/**
 * @param {number} pid
 * @param {Nginx} server
 */
async function read(pid, server) {
  const requests = await server.requests();
  const [clientUs, serverUs] = [readTreeCpuUs(pid), readTreeCpuUs(server.pid)];
  return { requests, clientUs, serverUs, atUs: performance.now() * 1_000 };
}

function print() {
  const base = rounds.get(CLIENTS[0] ?? { name: '', command: () => [] }) ?? [];
  console.log(
    `${users} connections, ${values.body} B body${values.tls ? ', TLS' : ''}, Node ${process.version}\n`,
  );
  console.log(
    `| client | CPU µs/request | x ${CLIENTS[0]?.name} | requests/s | at a full core | client CPU | nginx CPU |`,
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const [client, measured] of rounds) {
    // Of neighbours in time, for the same reason.
    const ratios = measured.map(({ cpuUs }, round) => cpuUs / (base[round]?.cpuUs ?? Number.NaN));
    const cpuUs = median(measured.map((round) => round.cpuUs));
    /** @param {(round: Round) => number} of */
    const percent = (of) => `${(median(measured.map(of)) * 100).toFixed(0)} %`;
    const cells = [
      client.name,
      formatSpread(measured.map((round) => round.cpuUs)),
      formatSpread(ratios),
      median(measured.map(({ perSecond }) => perSecond)).toFixed(0),
      (1_000_000 / cpuUs).toFixed(0),
      percent(({ load }) => load),
      percent(({ serverLoad }) => serverLoad),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** @param {string} name */
function isWanted(name) {
  return values.only === undefined || values.only.some((wanted) => name.includes(wanted));
}

/** @param {string} program */
function has(program) {
  return spawnSync('which', [program]).status === 0;
}
