import type { WebSocket } from 'ws';
import { type Connection, type ConnectionEvents, findOversize } from './connection.ts';

// RFC 6455 allows 123 bytes for the reason of a close.
const MAX_REASON_BYTES = 123;
const CLOSE_NORMAL = 1000;
const CLOSE_NOT_BINARY = 1003;
const CLOSE_TOO_LARGE = 1009;

/** A `Connection` over an open WebSocket. */
export function createWebSocketConnection(socket: WebSocket): Connection {
  let problem = '';
  socket.on('error', (error) => {
    problem = error.message;
  });
  // What a peer sends at once must not arrive before somebody listens.
  socket.pause();
  return {
    get bufferedBytes() {
      return socket.bufferedAmount;
    },
    send(bytes) {
      if (socket.readyState !== socket.OPEN) return;
      const oversize = findOversize(bytes);
      if (oversize === undefined) socket.send(bytes, { binary: true });
      else close(socket, CLOSE_TOO_LARGE, oversize);
    },
    close(reason) {
      close(socket, CLOSE_NORMAL, reason);
    },
    listen(events) {
      listen(socket, events, () => problem);
      socket.resume();
    },
  };
}

function listen(socket: WebSocket, events: ConnectionEvents, readProblem: () => string): void {
  socket.on('message', (data, isBinary) => {
    if (isBinary) events.message(data as Uint8Array);
    else close(socket, CLOSE_NOT_BINARY, 'only binary messages are understood');
  });
  socket.on('close', (_code, reason) => {
    events.closed(readProblem() || reason.toString() || 'the connection broke');
  });
}

function close(socket: WebSocket, code: number, reason: string): void {
  socket.removeAllListeners('message');
  const bytes = Buffer.alloc(MAX_REASON_BYTES);
  // Unlike a cut of the bytes it never ends inside a character, which the peer would refuse.
  const { written } = new TextEncoder().encodeInto(reason, bytes);
  socket.close(code, bytes.subarray(0, written));
  // The peer's answer must get through, even where nobody ever listened.
  socket.resume();
}
