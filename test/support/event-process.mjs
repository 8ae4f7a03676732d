// Streams events at known times, in a process of its own: what it is late by is not what who reads them is late by.
// Forked by a test, which gets its address, and by sending anything what really happened.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const [firstMs = 100, gapMs = 20, events = 6] = process.argv.slice(2).map(Number);

/** Of each stream: what its reader measured, less what it was. Microseconds. @type {number[]} */
const errorsUs = [];
/** From the call, as the reader's clock has it, to the writing of the first event, by stream. @type {Map<string, number>} */
const truthUs = new Map();
/** @type {number[]} */
const gapsUs = [];

/** The system's monotonic clock, which all processes of a machine share. */
const nowUs = () => Number(process.hrtime.bigint() / 1_000n);

const server = createServer((request, response) => {
  const { 'x-call': call, 'x-stream': stream, 'x-last': last } = request.headers;
  if (last) compare(String(last));
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (request.url === '/silent') response.end(': nothing\n\n');
  else void send(response, String(stream), Number(call));
});

/** @param {string} text the stream before this one, and what its reader measured */
function compare(text) {
  const [stream = '', measuredUs] = text.split(' ');
  errorsUs.push(Number(measuredUs) - Number(truthUs.get(stream)));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} stream
 * @param {number} callUs
 */
async function send(response, stream, callUs) {
  const startUs = nowUs();
  let lastUs = 0;
  for (let i = 0; i < events; i++) {
    await sleep(firstMs + i * gapMs - (nowUs() - startUs) / 1_000);
    const atUs = nowUs();
    response.write(`data: ${i}\n\n`);
    if (i === 0) truthUs.set(stream, atUs - callUs);
    else gapsUs.push(atUs - lastUs);
    lastUs = atUs;
  }
  response.end();
}

process.on('message', () => process.send?.({ errorsUs, firstUs: [...truthUs.values()], gapsUs }));
process.on('disconnect', () => process.exit());
server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  process.send?.(`http://127.0.0.1:${address.port}`);
});
