// Answers every request after 20 ms and measures by itself how long each really took.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { answerParent } from './answer-parent.mjs';

const DELAY_MS = 20;
const BODY = '{"id":12345,"name":"benchmark","status":"active"} ';

/** @type {number[]} */
let timesMs = [];

const server = createServer((_, response) => {
  const startMs = performance.now();
  setTimeout(() => {
    response.end(BODY);
    timesMs.push(performance.now() - startMs);
  }, DELAY_MS);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

answerParent({
  ready: () => `http://127.0.0.1:${port}`,
  /** Sorted, since the last call. */
  take: () => {
    const taken = timesMs.sort((a, b) => a - b);
    timesMs = [];
    return taken;
  },
});
