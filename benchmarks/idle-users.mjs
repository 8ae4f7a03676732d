// How punctual a worker stays with many users who mostly wait, as people do: 1,000, or as many as the argument says.
import { setTimeout as sleep } from 'node:timers/promises';
import { CLIENT_CORE, startServer } from './measure-client.mjs';
import { startProcess } from './processes/start-process.mjs';
import { formatSpread, median, printTable } from './table.mjs';

/** @import { WorkerStatusMessage } from '@loadts/protocol' */

const USERS = Number(process.argv[2] ?? 1_000);
const WAIT_SECONDS = '1, 3';
const WARM_UP_MS = 5_000;
const WINDOW_MS = 10_000;

const server = await startServer();
const worker = await startProcess({
  file: 'loadts-client.mjs',
  args: [server.ready, String(USERS), WAIT_SECONDS],
  nodeOptions: ['--max-semi-space-size=64'],
  core: CLIENT_CORE,
});
await sleep(WARM_UP_MS);
await worker.ask('statuses');
const before = await read();
await sleep(WINDOW_MS);
const after = await read();
/** @type {WorkerStatusMessage[]} */
const statuses = await worker.ask('statuses');
const memoryMiB = (await worker.ask('memoryBytes')) / 2 ** 20;
await worker.end();
await server.end();

const requests = after.requests - before.requests;
const busyUs = after.cpuUs - before.cpuUs;
const delaysMs = statuses.map(({ loopDelayUs }) => loopDelayUs / 1_000);
console.log(
  `Idle users: ${USERS} users who wait ${WAIT_SECONDS} s, ${WINDOW_MS / 1_000} s, Node ${process.version}`,
);
printTable([
  ['figure', 'value'],
  ['requests/s', ((requests / WINDOW_MS) * 1_000).toFixed(0)],
  ['CPU us/request', (busyUs / requests).toFixed(0)],
  ['CPU of the worker', `${(busyUs / WINDOW_MS / 10).toFixed(1)} %`],
  ["event loop's delay, p99 of each second, ms", formatSpread(delaysMs)],
  ['event loop busy', `${(median(statuses.map(({ utilization }) => utilization)) * 100).toFixed(1)} %`],
  ['memory, MiB', memoryMiB.toFixed(0)],
]);

async function read() {
  const [cpuUs, counted] = await Promise.all([worker.ask('cpuUs'), server.ask('read')]);
  return { cpuUs, requests: counted.requests };
}
