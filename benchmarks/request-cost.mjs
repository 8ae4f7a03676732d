// What one request costs a loadts worker in CPU time, beside autocannon on the same server in the same run.

import { measureClient, startServer } from './measure-client.mjs';
import { CAN_PIN } from './processes/start-process.mjs';
import { formatSpread, median, printTable } from './table.mjs';

/** @import { Client, Measurement } from './measure-client.mjs' */

const CONNECTIONS = '64';
const ROUNDS = 7;
const WINDOW_MS = 1_500;
const LIMIT_MS = 85_000;
const TARGET = 1.4;

/** @type {Client} */
const LOADTS = {
  name: 'loadts worker',
  file: 'loadts-client.mjs',
  args: [CONNECTIONS],
  // As `loadts run` starts its workers.
  nodeOptions: ['--max-semi-space-size=64'],
};
/** @type {Client} */
const AUTOCANNON = { name: 'autocannon 9', file: 'autocannon-client.mjs', args: [CONNECTIONS] };

setTimeout(() => {
  console.error(`not done after ${LIMIT_MS / 1_000} s: the machine is too busy`);
  process.exit(1);
}, LIMIT_MS).unref();

const server = await startServer();
const clients = [LOADTS, AUTOCANNON];
/** @type {Map<Client, Measurement[]>} */
const results = new Map(clients.map((client) => [client, []]));
for (let round = 0; round < ROUNDS; round++) {
  // In turn, so that whatever else the machine does hits both alike.
  for (const client of clients) results.get(client)?.push(await measureClient(client, server, WINDOW_MS));
}
await server.end();

/** @param {Client} client */
const costs = (client) => results.get(client)?.map(({ cpuUsPerRequest }) => cpuUsPerRequest) ?? [];
// Of neighbours in time, for the same reason.
const ratios = costs(LOADTS).map((cost, round) => cost / (costs(AUTOCANNON)[round] ?? Number.NaN));
const missing = results.get(LOADTS)?.reduce((sum, measurement) => sum + Math.abs(measurement.missing), 0);

console.log(
  `Request cost: ${CONNECTIONS} connections without wait time, ${ROUNDS} rounds in turn, Node ${process.version}`,
);
if (!CAN_PIN) console.log('Processes could not be kept on a core each: expect more noise.');
printTable([
  ['client', 'CPU us/request', 'requests/s', 'client CPU', 'server CPU'],
  ...clients.map((client) => describe(client, results.get(client) ?? [])),
]);
console.log(`loadts / autocannon, round by round: ${formatSpread(ratios)}, target: at most ${TARGET}`);
console.log(`Requests that the server counted and loadts did not report: ${missing}`);
if (missing !== 0) process.exitCode = 1;

/**
 * @param {Client} client
 * @param {readonly Measurement[]} measurements
 */
function describe(client, measurements) {
  /** @param {(measurement: Measurement) => number} read */
  const middle = (read) => median(measurements.map(read));
  return [
    client.name,
    formatSpread(costs(client)),
    middle((measurement) => measurement.requestsPerSecond).toFixed(0),
    `${(middle((measurement) => measurement.clientLoad) * 100).toFixed(0)} %`,
    `${(middle((measurement) => measurement.serverLoad) * 100).toFixed(0)} %`,
  ];
}
