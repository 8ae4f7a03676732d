import { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../version.ts';
import type { Connection } from './connection.ts';
import { createWebSocketConnection } from './websocket-connection.ts';

const HANDSHAKE_TIMEOUT_MS = 10_000;

/** Connects to a master. Rejects with the socket's error where nobody answers. */
export function connect(url: string): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
    });
    socket.once('error', reject);
    socket.once('open', () => {
      socket.off('error', reject);
      resolve(createWebSocketConnection(socket));
    });
  });
}
