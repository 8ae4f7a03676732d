import {
  createSecureServer,
  createServer,
  type Http2Server,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { listen, type StartedServer } from './test-server.case.ts';
import { readPem } from './test-tls-server.case.ts';

export type Http2Answer = (
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders & { readonly ':path': string },
  session: ServerHttp2Session,
) => void;

/** What a client of such a server needs. */
export const HTTP2_SETTINGS = { http2: true, tls: { ca: readPem('ca.cert') } } as const;

/** A target that speaks HTTP/2; with TLS its URL has the host `localhost`. */
export async function startHttp2(
  answer: Http2Answer,
  secure = false,
): Promise<StartedServer & { readonly sessions: ServerHttp2Session[] }> {
  const sessions: ServerHttp2Session[] = [];
  const options = { cert: readPem('localhost.cert'), key: readPem('key') };
  const server: Http2Server = secure ? createSecureServer(options) : createServer();
  server.on('session', (session) => sessions.push(session.on('error', () => {})));
  server.on('stream', (stream, headers) => {
    stream.on('error', () => {});
    const path = headers[':path'] ?? '';
    answer(stream, { ...headers, ':path': path }, stream.session as ServerHttp2Session);
  });
  const { url, sockets } = await listen(server);
  return { url: secure ? url.replace('http://127.0.0.1', 'https://localhost') : url, sockets, sessions };
}
