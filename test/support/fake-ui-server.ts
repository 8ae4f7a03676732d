import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { text } from 'node:stream/consumers';
import type { RestError, StateView } from '@loadts/protocol';
import { UI_FOLDER } from '@loadts/web';
import { historyUntil, secondAt } from './fake-run-data.ts';

const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'";
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface FakeUiOptions {
  readonly state: StateView;
  /** Seconds that the run has behind it; -1: none. */
  readonly second?: number;
  readonly entries?: number;
}

/** A master with made-up data: for what a real run shows seldom, or after an hour only. */
export interface FakeUi {
  readonly url: string;
  /** What the page asked for, oldest first. */
  readonly posts: { readonly path: string; readonly body: unknown }[];
  /** One second more. */
  tick(): void;
  setState(change: Partial<StateView>): void;
  send(event: string, data: unknown): void;
  /** The next request for a change is refused like this. */
  refuse(status: number, error: RestError['error']): void;
  /** The session of all pages ends: whatever they ask for, they have to log in first. */
  logOut(): void;
  /** Cuts all pages off; `listen` takes them back. */
  hangUp(): Promise<void>;
  listen(): Promise<void>;
  close(): Promise<void>;
}

export async function startFakeUi({
  state: first,
  second: begin = -1,
  entries = 7,
}: FakeUiOptions): Promise<FakeUi> {
  const clients = new Set<ServerResponse>();
  const posts: FakeUi['posts'] = [];
  let state = first;
  let second = begin;
  let refusal: { status: number; error: RestError['error'] } | undefined;
  let port = 0;
  let isLoggedOut = false;

  const send = (event: string, data: unknown): void => {
    for (const client of clients) client.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  };
  // As the real one does: silence would be a master that hangs.
  const alive = setInterval(() => send('alive', {}), 5_000).unref();
  const openStream = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    clients.add(response);
    response.on('close', () => clients.delete(response));
    send('state', state);
    if (second >= 0) send('second', secondAt(second, entries));
  };
  const change = async (path: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    posts.push({ path, body: JSON.parse(await text(request)) });
    const { status, error } = refusal ?? { status: 200, error: undefined };
    refusal = undefined;
    answerJson(response, status, error === undefined ? state : { error });
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    if (isLoggedOut && path.startsWith('/api/')) {
      const error = { code: 'TOKEN_MISSING', message: 'log in first', hint: null };
      return answerJson(response, 401, { error });
    }
    if (request.method === 'POST') return change(path, request, response);
    if (path === '/api/v1/events') return openStream(response);
    if (path === '/api/v1/state') return answerJson(response, 200, state);
    if (path === '/api/v1/log') return answerJson(response, 200, []);
    if (path === '/api/v1/run/history') return answerJson(response, 200, historyUntil(second));
    if (path.endsWith('/result'))
      return answerJson(response, 200, secondAt(path.includes('0a') ? 150 : 200, 7));
    // The real login page is the server's own.
    return serveFile(path === '/login' ? '/' : path, response);
  };
  const server = createServer((request, response) => {
    void answer(request, response);
  });
  const listen = async (): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  };
  const hangUp = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  await listen();
  return {
    url: `http://127.0.0.1:${port}/`,
    posts,
    tick() {
      second++;
      send('second', secondAt(second, entries));
    },
    setState(patch) {
      state = { ...state, ...patch };
      send('state', state);
    },
    send,
    refuse(status, error) {
      refusal = { status, error };
    },
    logOut() {
      isLoggedOut = true;
      for (const client of clients) client.end();
    },
    hangUp,
    listen,
    close: () => {
      clearInterval(alive);
      return server.listening ? hangUp() : Promise.resolve();
    },
  };
}

function answerJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function serveFile(path: string, response: ServerResponse): Promise<void> {
  const name = path === '/' ? 'index.html' : path.slice(1);
  const content = await readFile(new URL(name, UI_FOLDER)).catch(() => undefined);
  const type = TYPES[extname(name)] ?? 'application/octet-stream';
  response.writeHead(content === undefined ? 404 : 200, {
    'content-type': type,
    'content-security-policy': POLICY,
  });
  response.end(content);
}
