import { LoadtsError } from '@loadts/core';
import { WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from '../version.ts';
import type { Connection } from './connection.ts';
import { createWebSocketConnection } from './websocket-connection.ts';

const CLOSE_GOING_AWAY = 1001;
const CLOSE_TIMEOUT_MS = 2_000;

export interface Listener {
  /** The port that was given, or the one that was free. */
  readonly port: number;
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly accept: (connection: Connection) => void;
}

/** Waits for workers. @throws LoadtsError `PORT_IN_USE`. */
export function listen(options: ListenOptions): Promise<Listener> {
  return new Promise((resolve, reject) => {
    const server = new WebSocketServer({
      host: options.host,
      port: options.port,
      maxPayload: MAX_MESSAGE_BYTES,
      perMessageDeflate: false,
    });
    server.once('error', (cause) => reject(explain(cause, options)));
    server.on('connection', (socket) => options.accept(createWebSocketConnection(socket)));
    server.once('listening', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : options.port;
      resolve({ port, close: () => close(server) });
    });
  });
}

function explain(cause: Error & { readonly code?: string }, { host, port }: ListenOptions): Error {
  if (cause.code !== 'EADDRINUSE') return cause;
  return new LoadtsError('PORT_IN_USE', `${host}:${port} is in use by another program`, {
    hint: 'choose another port or stop the other program',
    cause,
  });
}

/** What was sent still arrives; who does not answer the closing in time is cut off. */
function close(server: WebSocketServer): Promise<void> {
  for (const socket of server.clients) socket.close(CLOSE_GOING_AWAY);
  const cutOff = setTimeout(() => {
    for (const socket of server.clients) socket.terminate();
  }, CLOSE_TIMEOUT_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
  });
}
