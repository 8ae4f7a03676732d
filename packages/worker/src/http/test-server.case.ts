import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import {
  type AddressInfo,
  createServer as createRawServer,
  type Server as RawServer,
  type Socket,
} from 'node:net';
import type { HttpClient, HttpEngine, HttpSettings } from '@loadts/core';
import { expect, inject, onTestFinished } from 'vitest';
import type { Emit } from '../events/create-emitter.ts';
import type { EndedRequest } from '../events/request-emitter.ts';
import { Recording } from '../statistics/recording.case.ts';
import { systemClock } from '../system-clock.ts';
import { ConnectionPools } from './connection-pools.ts';
import { UserHttpClient } from './user-http-client.ts';

declare module 'vitest' {
  interface ProvidedContext {
    httpEngine: HttpEngine | undefined;
  }
}

/** What speaks HTTP/1.1 in this run of the tests, where the settings leave a choice. */
export const engine: HttpEngine | undefined = inject('httpEngine');

/** A request as the target saw it. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A target on 127.0.0.1, for the length of one test. */
export interface TestServer {
  readonly url: string;
  readonly seen: SeenRequest[];
  /** Connections that were ever opened, in that order. */
  readonly sockets: Socket[];
  readonly server: Server;
}

export interface StartedServer {
  readonly url: string;
  /** Connections that were ever opened, in that order. */
  readonly sockets: Socket[];
}

type Answer = (request: SeenRequest, response: ServerResponse) => void;

/** Answers each request once its body has come; 200 with `ok` unless told otherwise. */
export async function startServer(answer: Answer = (_, response) => response.end('ok')): Promise<TestServer> {
  const seen: SeenRequest[] = [];
  const listener: RequestListener = (request, response) => {
    const { method = '', url = '', headers } = request;
    const take = (body: string): void => {
      const entry = { method, url, headers, body };
      seen.push(entry);
      answer(entry, response);
    };
    // A body may be cut off: then there is nothing to answer.
    readBody(request).then(take, () => {});
  };
  const server = createServer(listener);
  const { url, sockets } = await listen(server);
  return { url, seen, sockets, server };
}

/** Talks raw bytes: `respond` gets each chunk that arrives, as text. */
export async function startRawServer(
  respond: (socket: Socket, text: string, connection: number) => void,
): Promise<StartedServer> {
  const server = createRawServer();
  const started = await listen(server);
  server.on('connection', (socket: Socket) => {
    const connection = started.sockets.length;
    socket.on('data', (bytes) => respond(socket, bytes.toString(), connection));
  });
  return started;
}

/** Starts any server on 127.0.0.1, until the test ends. */
export async function listen(server: RawServer): Promise<StartedServer> {
  const sockets: Socket[] = [];
  server.on('connection', (socket: Socket) => {
    sockets.push(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, sockets };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** A user's client and what it measures. When the test ends, every started request must have one outcome. */
export function createClient(
  host?: string,
  settings: HttpSettings = {},
  pools: ConnectionPools = new ConnectionPools({ clock: systemClock, insecure: false, engine }),
  emit?: Emit<EndedRequest>,
): {
  readonly client: HttpClient & Pick<UserHttpClient, 'close' | 'discardUnread' | 'completed'>;
  readonly recording: Recording;
} {
  const recording = new Recording({ startUs: systemClock.nowUs() });
  const client = new UserHttpClient({
    host,
    settings,
    pools,
    clock: systemClock,
    recorder: recording.recorder,
    emit,
  });
  onTestFinished(() => {
    client.close();
    expect(recording.unended()).toBe(0);
  });
  return { client, recording };
}
