import { once } from 'node:events';
import { createServer } from 'node:http';

/** @import { AddressInfo } from 'node:net' */

/**
 * A target whose capacity is known: so many requests at once, each taking so long; further ones wait in line.
 * @param {number} slots
 * @param {number} serviceMs
 */
export function createSlotServer(slots, serviceMs) {
  /** When each slot is free: from the plan and not from timers, so that late ones cost no capacity. */
  const freeMs = Array.from({ length: slots }, () => 0);
  /** @type {Set<string>} */
  const paths = new Set();
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    paths.add(request.url ?? '');
    const nowMs = performance.now();
    const slot = freeMs.indexOf(Math.min(...freeMs));
    const endMs = Math.max(nowMs, Number(freeMs[slot])) + serviceMs;
    freeMs[slot] = endMs;
    setTimeout(() => response.end('done'), endMs - nowMs);
  });

  return {
    /** @param {number} port 0 takes a free one */
    async listen(port = 0) {
      server.listen({ port, host: '127.0.0.1', backlog: 4_096 });
      await once(server, 'listening');
      return `http://127.0.0.1:${/** @type {AddressInfo} */ (server.address()).port}`;
    },
    /** What was asked for, each once, in order. */
    paths: () => [...paths].sort(),
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
