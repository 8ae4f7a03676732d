// Answers every request with the same 50 bytes of JSON and counts them. On raw sockets: it must not be the limit.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { answerParent, cpuUs } from './answer-parent.mjs';

const BODY = '{"id":12345,"name":"benchmark","status":"active"} ';
// The headers that a common web server sends: clients spend time on each of them.
const RESPONSE = Buffer.from(
  [
    'HTTP/1.1 200 OK',
    'Server: benchmark',
    'Date: Thu, 01 Jan 2026 00:00:00 GMT',
    'Content-Type: application/json',
    `Content-Length: ${BODY.length}`,
    'Connection: keep-alive',
    '',
    BODY,
  ].join('\r\n'),
);
const HEAD_END = Buffer.from('\r\n\r\n');

let requests = 0;

const server = createServer({ noDelay: true }, (socket) => {
  /** What came of a request whose end did not. @type {Buffer} */
  let rest = Buffer.alloc(0);
  socket.on('data', (chunk) => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let start = 0;
    for (;;) {
      const end = bytes.indexOf(HEAD_END, start);
      if (end < 0) break;
      start = end + HEAD_END.length;
      requests++;
      socket.write(RESPONSE);
    }
    rest = bytes.subarray(start);
  });
  socket.on('error', () => socket.destroy());
});

server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
await once(server, 'listening');
const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());

answerParent({ ready: () => `http://127.0.0.1:${port}`, read: () => ({ requests, cpuUs: cpuUs() }) });
