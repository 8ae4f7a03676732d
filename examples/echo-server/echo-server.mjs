import { once } from 'node:events';
import { WebSocketServer } from 'ws';
import { createLineServer } from './line-server.mjs';

/** @import { AddressInfo } from 'node:net' */

/**
 * What was answered so far, counted when the answer is handed to the socket.
 * @typedef {{ echoes: number, lines: Record<string, number> }} EchoCounts
 */

/** A server of two protocols: WebSocket, where every message comes back, and the lines of `createLineServer`. */
export function createEchoServer() {
  /** @type {EchoCounts} */
  const counts = { echoes: 0, lines: {} };
  const lines = createLineServer((command) => {
    counts.lines[command] = (counts.lines[command] ?? 0) + 1;
  });
  /** @type {WebSocketServer | undefined} */
  let webSockets;

  return {
    /**
     * @param {number} webSocketPort 0 takes a free one
     * @param {number} linePort 0 takes a free one
     */
    async listen(webSocketPort = 0, linePort = 0) {
      webSockets = new WebSocketServer({ host: '127.0.0.1', port: webSocketPort });
      webSockets.on('connection', (socket) => {
        socket.on('message', (data, isBinary) => {
          counts.echoes++;
          socket.send(data, { binary: isBinary });
        });
      });
      lines.server.listen(linePort, '127.0.0.1');
      await Promise.all([once(webSockets, 'listening'), once(lines.server, 'listening')]);
      const { port: webSocket } = /** @type {AddressInfo} */ (webSockets.address());
      const { port: line } = /** @type {AddressInfo} */ (lines.server.address());
      return { webSocketUrl: `ws://127.0.0.1:${webSocket}`, lineAddress: `127.0.0.1:${line}` };
    },
    /** @returns {EchoCounts} */
    counts: () => structuredClone(counts),
    async close() {
      for (const client of webSockets?.clients ?? []) client.terminate();
      webSockets?.close();
      lines.close();
      await once(lines.server, 'close');
    },
  };
}
