import { setTimeout as sleep } from 'node:timers/promises';
import { startProcess } from './processes/start-process.mjs';

/** @import { Child } from './processes/start-process.mjs' */

export const SERVER_CORE = 0;
export const CLIENT_CORE = 1;
const WARM_UP_REQUESTS = 60_000;
const LONGEST_WARM_UP_MS = 3_500;

/**
 * @typedef {object} Client
 * @property {string} name
 * @property {string} file in `processes`
 * @property {string[]} args after the server's URL
 * @property {string[]} [nodeOptions]
 */

/**
 * @typedef {object} Measurement
 * @property {number} cpuUsPerRequest of the client
 * @property {number} requestsPerSecond
 * @property {number} clientLoad CPU seconds of the client in each second
 * @property {number} serverLoad
 * @property {number} missing requests that the server counted and the client did not report
 */

/** Starts the server that all clients of a benchmark share. */
export function startServer() {
  return startProcess({ file: 'target-server.mjs', core: SERVER_CORE });
}

/**
 * One round of one client in a process of its own.
 * @param {Client} client
 * @param {Child} server
 * @param {number} windowMs
 * @returns {Promise<Measurement>}
 */
export async function measureClient({ file, args, nodeOptions = [] }, server, windowMs) {
  const first = await server.ask('read');
  const child = await startProcess({ file, args: [server.ready, ...args], nodeOptions, core: CLIENT_CORE });
  try {
    await warmUp(server, first.requests + WARM_UP_REQUESTS);
    const before = await readBoth(child, server);
    await sleep(windowMs);
    const after = await readBoth(child, server);
    const { reported } = await child.ask('stop');
    const last = await server.ask('read');
    const requests = after.requests - before.requests;
    const elapsedUs = after.atUs - before.atUs;
    return {
      cpuUsPerRequest: (after.clientUs - before.clientUs) / requests,
      requestsPerSecond: (requests / elapsedUs) * 1_000_000,
      clientLoad: (after.clientUs - before.clientUs) / elapsedUs,
      serverLoad: (after.serverUs - before.serverUs) / elapsedUs,
      missing: last.requests - first.requests - reported,
    };
  } finally {
    await child.end();
  }
}

/**
 * Waits for a number of requests, since it is by repetition that code gets optimized.
 * @param {Child} server
 * @param {number} requests
 */
async function warmUp(server, requests) {
  const endsAt = performance.now() + LONGEST_WARM_UP_MS;
  while (performance.now() < endsAt && (await server.ask('read')).requests < requests) await sleep(50);
}

/**
 * @param {Child} client
 * @param {Child} server
 */
async function readBoth(client, server) {
  const [clientUs, counted] = await Promise.all([client.ask('cpuUs'), server.ask('read')]);
  return { clientUs, serverUs: counted.cpuUs, requests: counted.requests, atUs: performance.now() * 1_000 };
}
