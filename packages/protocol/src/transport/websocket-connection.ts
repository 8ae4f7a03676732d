import type { WebSocket } from 'ws';
import { addChecksum, takeChecksum } from './checksum.ts';
import { type Connection, type ConnectionEvents, findOversize } from './connection.ts';

// RFC 6455 allows 123 bytes for the reason of a close.
const MAX_REASON_BYTES = 123;
const CLOSE_NORMAL = 1000;
const CLOSE_NOT_BINARY = 1003;
const CLOSE_DAMAGED = 1007;
const CLOSE_TOO_LARGE = 1009;

/** The socket that a WebSocket goes over. */
export interface Transport {
  readonly bytesRead: number;
}

/** A `Connection` over an open WebSocket. @param transport what the WebSocket itself goes over */
export function createWebSocketConnection(socket: WebSocket, transport: Transport): Connection {
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
    get receivedBytes() {
      return transport.bytesRead;
    },
    send(bytes) {
      if (socket.readyState !== socket.OPEN) return;
      const oversize = findOversize(bytes);
      if (oversize === undefined) socket.send(addChecksum(bytes), { binary: true });
      else close(socket, CLOSE_TOO_LARGE, oversize);
    },
    close(reason) {
      close(socket, CLOSE_NORMAL, reason);
    },
    listen(events) {
      listen(socket, {
        message: (bytes) => {
          const message = takeChecksum(bytes);
          if (message) return events.message(message);
          problem = 'a message was damaged on its way';
          close(socket, CLOSE_DAMAGED, problem);
        },
        closed: (reason) => events.closed(problem || reason),
      });
      socket.resume();
    },
  };
}

function listen(socket: WebSocket, events: ConnectionEvents): void {
  socket.on('message', (data, isBinary) => {
    if (isBinary) events.message(data as Uint8Array);
    else close(socket, CLOSE_NOT_BINARY, 'only binary messages are understood');
  });
  socket.on('close', (_code, reason) => {
    events.closed(reason.toString() || 'the connection broke');
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
