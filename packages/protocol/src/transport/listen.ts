import { createServer, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { LoadtsError } from '@loadts/core';
import { WebSocketServer } from 'ws';
import { MAX_MESSAGE_BYTES } from '../version.ts';
import { CHECKSUM_BYTES } from './checksum.ts';
import type { Connection } from './connection.ts';
import { createWebSocketConnection } from './websocket-connection.ts';

const CLOSE_GOING_AWAY = 1001;
const CLOSE_TIMEOUT_MS = 2_000;

export interface Listener {
  /** The port that was given, or the one that was free. */
  readonly port: number;
  /** What was sent still arrives; who does not answer the closing in time is cut off. */
  close(): Promise<void>;
}

export interface ListenOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The certificate and its key in PEM; workers then come with `wss:`. */
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  readonly accept: (connection: Connection) => void;
}

/** Waits for workers. @throws LoadtsError `PORT_IN_USE`, or `CONFIG_INVALID` for a host or port that cannot be had. */
export async function listen(options: ListenOptions): Promise<Listener> {
  const { host, port } = options;
  const server = createHttpServer(options);
  const maxPayload = MAX_MESSAGE_BYTES + CHECKSUM_BYTES;
  const webSockets = new WebSocketServer({ server, maxPayload, perMessageDeflate: false });
  webSockets.on('connection', (socket, request) =>
    options.accept(createWebSocketConnection(socket, request.socket)),
  );
  return await new Promise((resolve, reject) => {
    // The WebSocket server passes the errors of its HTTP server on.
    webSockets.on('error', (cause) => reject(explain(cause, options)));
    server.listen({ host, port }, () => {
      const address = server.address();
      const taken = typeof address === 'object' && address !== null ? address.port : port;
      resolve({ port: taken, close: () => close(server, webSockets) });
    });
  });
}

function createHttpServer({ tls }: ListenOptions): Server {
  const refuse = (_: unknown, response: ServerResponse): void => {
    response.writeHead(426).end('this is a loadts master\n');
  };
  if (!tls) return createServer(refuse);
  try {
    return createTlsServer({ ...tls, minVersion: 'TLSv1.2' }, refuse);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoadtsError('CONFIG_INVALID', `the certificate and key of the master do not work: ${reason}`, {
      hint: 'give --tls-cert and --tls-key a certificate and its unencrypted key, both in PEM',
      cause,
    });
  }
}

function explain(cause: Error & { readonly code?: string }, { host, port }: ListenOptions): LoadtsError {
  if (cause.code === 'EADDRINUSE') {
    return new LoadtsError('PORT_IN_USE', `${host}:${port} is in use by another program`, {
      hint: 'choose another port or stop the other program',
      cause,
    });
  }
  return new LoadtsError(
    'CONFIG_INVALID',
    `cannot listen on ${host}:${port} (${cause.code ?? cause.message})`,
    {
      hint: 'give an address of this machine and a port above 1023',
      cause,
    },
  );
}

function close(server: Server, webSockets: WebSocketServer): Promise<void> {
  for (const socket of webSockets.clients) socket.close(CLOSE_GOING_AWAY);
  const cutOff = setTimeout(() => {
    for (const socket of webSockets.clients) socket.terminate();
  }, CLOSE_TIMEOUT_MS);
  return new Promise((resolve) => {
    server.close(() => {
      clearTimeout(cutOff);
      resolve();
    });
    // Those that never became WebSockets: probes, for one.
    server.closeAllConnections();
    webSockets.close();
  });
}
