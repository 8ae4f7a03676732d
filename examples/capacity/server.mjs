// A server whose limit is known, to try `loadts find` on: 8 slots of 50 ms, so 160 requests a second.
// Usage: node examples/capacity/server.mjs [port] [slots] [milliseconds]
import { createSlotServer } from './slot-server.mjs';

const [port = 8131, slots = 8, serviceMs = 50] = process.argv.slice(2).map(Number);

const server = createSlotServer(slots, serviceMs);
const url = await server.listen(port);
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void server.close());
process.stdout.write(
  `${slots} slots of ${serviceMs} ms on ${url}: ${Math.round((slots * 1_000) / serviceMs)} requests a second\n`,
);
