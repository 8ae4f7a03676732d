import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** @import { Socket } from 'node:net' */

/**
 * A TCP server of lines: `SET key value` is answered with `OK`, `GET key` with the value, anything else with `ERROR`.
 * @param {(command: string) => void} onCommand called for each line before its answer is sent
 */
export function createLineServer(onCommand) {
  /** @type {Map<string, string>} */
  const values = new Map();
  /** @type {Set<Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    // `close` follows, and that is all that matters.
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    createInterface({ input: socket }).on('line', (line) => {
      const [command = '', key = '', ...rest] = line.split(' ');
      onCommand(command);
      if (command === 'SET') values.set(key, rest.join(' '));
      const answer = command === 'SET' ? 'OK' : command === 'GET' && values.get(key);
      socket.write(`${answer || 'ERROR'}\n`);
    });
  });
  return {
    server,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
