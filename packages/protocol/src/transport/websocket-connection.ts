import type { WebSocket } from 'ws';
import type { Connection, ConnectionEvents } from './connection.ts';

// RFC 6455 allows 123 bytes for the reason of a close.
const MAX_REASON = 120;
const CLOSE_NORMAL = 1000;

/** A `Connection` over an open WebSocket. */
export function createWebSocketConnection(socket: WebSocket): Connection {
  return {
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    send(bytes) {
      if (socket.readyState === socket.OPEN) socket.send(bytes, { binary: true });
    },
    close(reason) {
      socket.close(CLOSE_NORMAL, Buffer.from(reason).subarray(0, MAX_REASON));
    },
    listen(events) {
      listen(socket, events);
    },
  };
}

function listen(socket: WebSocket, events: ConnectionEvents): void {
  let problem = '';
  socket.on('message', (data, isBinary) => {
    if (isBinary) events.message(data as Uint8Array);
    else socket.close(1003, 'only binary messages are understood');
  });
  socket.on('error', (error) => {
    problem = error.message;
  });
  socket.on('close', (_code, reason) => {
    events.closed(problem || reason.toString() || 'the connection was closed');
  });
}
