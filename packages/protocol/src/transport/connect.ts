import { WebSocket } from 'ws';
import { MAX_MESSAGE_BYTES } from '../version.ts';
import { CHECKSUM_BYTES } from './checksum.ts';
import type { Connection } from './connection.ts';
import { explainConnectError } from './explain-connect-error.ts';
import { createWebSocketConnection, type Transport } from './websocket-connection.ts';

const HANDSHAKE_TIMEOUT_MS = 10_000;

export interface ConnectOptions {
  /** Who has signed the master's certificate, in PEM; for `wss:`. */
  readonly ca?: string | undefined;
}

/**
 * Connects to a master.
 * @throws the socket's error where nobody answers yet, or a LoadtsError `HANDSHAKE_REFUSED` where waiting will not help
 */
export function connect(url: string, { ca }: ConnectOptions = {}): Promise<Connection> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, {
      maxPayload: MAX_MESSAGE_BYTES + CHECKSUM_BYTES,
      perMessageDeflate: false,
      handshakeTimeout: HANDSHAKE_TIMEOUT_MS,
      ...(ca === undefined ? {} : { ca }),
    });
    const fail = (error: Error): void => reject(explainConnectError(error, url));
    let transport: Transport = { bytesRead: 0 };
    socket.once('error', fail);
    socket.once('upgrade', (response) => {
      transport = response.socket;
    });
    socket.once('open', () => {
      socket.off('error', fail);
      resolve(createWebSocketConnection(socket, transport));
    });
  });
}
