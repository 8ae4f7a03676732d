import { constants, type ServerHttp2Stream } from 'node:http2';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { until } from '../fake-clock.case.ts';
import { HTTP2_SETTINGS, type Http2Answer, startHttp2 } from './test-http2-server.case.ts';
import { createClient } from './test-server.case.ts';
import { startTlsServer } from './test-tls-server.case.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** `/303/end` is redirected once, and each response sets a cookie. */
function followInto(seen: string[]): Http2Answer {
  return (stream, headers) => {
    const { ':path': path, ':method': method, cookie = '-' } = headers;
    seen.push(`${method} ${path} ${cookie}`);
    const [, status, rest] = /^\/(\d{3})(\/.*)/.exec(path) ?? [];
    const setCookie = `c${seen.length}=1; Path=/`;
    if (status && rest) {
      stream.respond({ ':status': Number(status), location: rest, 'set-cookie': setCookie });
      stream.end('moved');
    } else {
      stream.respond({ ':status': 200, 'set-cookie': setCookie });
      stream.end('end');
    }
  };
}

/** Writes as fast as the client takes it, for ever. */
function writeForEver(stream: ServerHttp2Stream, onWritten: (bytes: number) => void = () => {}): void {
  const chunk = Buffer.alloc(16 * KIB);
  const write = (): void => {
    let goesOn = true;
    while (goesOn && !stream.destroyed) {
      goesOn = stream.write(chunk);
      onWritten(chunk.length);
    }
  };
  stream.respond({ ':status': 200 });
  stream.on('drain', write);
  write();
}

async function settled(read: () => number): Promise<number> {
  for (;;) {
    const before = read();
    for (let i = 0; i < 100; i++) await turn();
    if (read() === before) return before;
  }
}

describe('a client over HTTP/2', () => {
  it.each([false, true])('follows redirects and keeps cookies on one connection; TLS: %s', async (secure) => {
    const seen: string[] = [];
    const { url, sockets } = await startHttp2(followInto(seen), secure);
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const response = await client.post('/303/307/end', { json: { a: 1 } });
    expect([response.status, response.text(), response.url]).toEqual([200, 'end', `${url}/end`]);
    expect(response.history.map((hop) => [hop.status, hop.url])).toEqual([
      [303, `${url}/303/307/end`],
      [307, `${url}/307/end`],
    ]);
    await client.get('/next');
    expect(seen).toEqual([
      'POST /303/307/end -',
      'GET /307/end c1=1',
      'GET /end c1=1; c2=1',
      'GET /next c1=1; c2=1; c3=1',
    ]);
    expect(sockets).toHaveLength(1);
    expect(recording.total()).toEqual({ started: 2, ok: 2, bytesReceived: 16 });
  });

  it('adds up the times and bytes of all hops', async () => {
    const { url } = await startHttp2(followInto([]), true);
    const { client } = createClient(url, HTTP2_SETTINGS);
    const { timings, durationMs, bytesReceived, bytesSent, reusedConnection } = await client.get('/302/end');
    expect(Object.values(timings).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(durationMs, 6);
    expect([timings.tlsMs > 0, reusedConnection, bytesReceived]).toEqual([true, false, 8]);
    const again = await client.get('/302/end');
    expect([again.timings.tlsMs, again.reusedConnection]).toEqual([0, true]);
    const direct = await client.get('/end');
    expect([bytesSent > 1.5 * direct.bytesSent, again.bytesSent > 1.5 * direct.bytesSent]).toEqual([
      true,
      true,
    ]);
  });

  it('has one timeout for all hops', async () => {
    let requests = 0;
    const { url } = await startHttp2((stream) => {
      if (++requests > 1) return;
      setTimeout(() => {
        stream.respond({ ':status': 302, location: '/next' }, { endStream: true });
      }, 40);
    });
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const response = await client.get('/', { timeout: '100ms' });
    expect([response.error?.kind, response.url, requests]).toEqual(['timeout', `${url}/next`, 2]);
    expect(recording.failures()).toEqual({ 'timeout after 0.1 s': 1 });
  });

  it('leaves the last hop only the time that is left', async () => {
    const { url } = await startHttp2((stream, { ':path': path }) => {
      const headers = path === '/' ? { ':status': 302, location: '/next' } : { ':status': 200 };
      setTimeout(
        () => !stream.destroyed && stream.respond(headers, { endStream: true }),
        path === '/' ? 120 : 160,
      );
    });
    const { client } = createClient(url, HTTP2_SETTINGS);
    expect((await client.get('/', { timeout: '200ms' })).error?.message).toBe('timeout after 0.2 s');
  });

  it('follows redirects where the server has HTTP/1.1 only', async () => {
    const { url } = await startTlsServer('localhost', {}, (request, response) =>
      request.url === '/' ? response.writeHead(302, { location: '/end' }).end() : response.end('end'),
    );
    const response = await createClient(url, HTTP2_SETTINGS).client.get('/');
    expect([response.text(), response.history.length, response.reusedConnection]).toEqual(['end', 1, false]);
  });
});

describe('a body from an iterator over HTTP/2', () => {
  const echo: Http2Answer = (stream) => {
    stream.respond({ ':status': 200 });
    stream.pipe(stream);
  };

  it('is sent as it comes', async () => {
    const { url } = await startHttp2(echo);
    async function* body(): AsyncGenerator<string | Uint8Array> {
      yield 'eins, ';
      yield Buffer.from('zwei ä');
    }
    const response = await createClient(url, HTTP2_SETTINGS).client.post('/', { body: body() });
    expect(response.text()).toBe('eins, zwei ä');
    expect(response.bytesSent).toBeGreaterThan(response.bytesReceived);
  });

  it.each<[string, unknown, string]>([
    ['an error', new RangeError('no more'), 'the body to send failed: RangeError: no more'],
    [
      'an error with a code of connections',
      Object.assign(new Error('gone'), { code: 'ECONNRESET' }),
      'the body to send failed: Error: gone',
    ],
    ['what is no error', 'text', 'the body to send failed: thrown: text'],
  ])('fails its request alone where it throws %s', async (_, thrown, message) => {
    const { url, sockets } = await startHttp2(echo);
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const body = async function* (): AsyncGenerator<string> {
      yield 'abc';
      throw thrown;
    };
    const other = client.post('/', { body: 'other' });
    expect((await client.put('/', { body: body() })).error).toEqual({
      kind: 'other',
      code: 'BODY_FAILED',
      message,
    });
    expect([(await other).text(), (await client.get('/')).status, sockets.length]).toEqual(['other', 200, 1]);
    expect(recording.total()).toMatchObject({ started: 3, ok: 2, connectionError: 1 });
  });

  it('is closed where its request ends before it', async () => {
    const { url } = await startHttp2((stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM));
    let closed = false;
    const body = async function* (): AsyncGenerator<string> {
      try {
        for (;;) {
          await turn();
          yield 'x';
        }
      } finally {
        closed = true;
      }
    };
    const { error } = await createClient(url, HTTP2_SETTINGS).client.post('/', { body: body() });
    expect(error?.kind).toBe('refused');
    await until(() => closed);
  });
});

describe('a streamed response over HTTP/2', () => {
  it('holds its own stream back where its reader is slow, and no other', async () => {
    let written = 0;
    const { url, sockets } = await startHttp2((stream, { ':path': path }) => {
      if (path === '/fine') stream.end('fine');
      else writeForEver(stream, (bytes) => (written += bytes));
    });
    const { client } = createClient(url, HTTP2_SETTINGS);
    const response = await client.get('/', { stream: true });
    const held = await settled(() => written);
    expect(held).toBeLessThan(2 * MIB);
    for (let i = 0; i < 3; i++) expect((await client.get('/fine')).text()).toBe('fine');
    const reader = response.body[Symbol.asyncIterator]();
    let read = 0;
    while (read < 8 * MIB) read += (await reader.next()).value?.length ?? 0;
    expect([written > held, sockets.length]).toEqual([true, 1]);
    await reader.return?.();
  });

  it('cancels its own stream where the rest is long, and the session goes on', async () => {
    const codes: number[] = [];
    const { url, sockets } = await startHttp2((stream, { ':path': path }) => {
      stream.on('close', () => codes.push(stream.rstCode));
      if (path === '/fine') stream.end('fine');
      else writeForEver(stream);
    });
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const response = await client.get('/', { stream: true });
    for await (const _ of response.body) break;
    expect(client.completed).toBe(1);
    await until(() => codes.length === 1);
    expect([codes, response.error]).toEqual([[constants.NGHTTP2_CANCEL], undefined]);
    expect([(await client.get('/fine')).text(), sockets.length]).toEqual(['fine', 1]);
    expect(recording.total()).toMatchObject({ started: 2, ok: 2 });
  });

  it('takes a short rest', async () => {
    const codes: number[] = [];
    const { url } = await startHttp2((stream) => {
      stream.on('close', () => codes.push(stream.rstCode));
      stream.respond({ ':status': 200 });
      stream.write('first');
      setImmediate(() => stream.end(Buffer.alloc(32 * KIB)));
    });
    const { client } = createClient(url, HTTP2_SETTINGS);
    for await (const _ of (await client.get('/', { stream: true })).body) break;
    await until(() => codes.length === 1);
    expect(codes).toEqual([constants.NGHTTP2_NO_ERROR]);
  });

  it('comes after redirects, and ends with its body', async () => {
    const { url } = await startHttp2(followInto([]));
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const response = await client.get('/302/end', { stream: true });
    expect([response.status, response.history.length]).toEqual([200, 1]);
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    expect(Buffer.concat(chunks).toString()).toBe('end');
    expect(recording.total()).toEqual({ started: 1, ok: 1, bytesReceived: 8 });
  });

  it('fails where its stream is reset amid the body', async () => {
    const { url } = await startHttp2((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('half', () => setImmediate(() => stream.destroy(new Error('broken'))));
    });
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const response = await client.get('/', { stream: true });
    for await (const _ of response.body);
    expect(response.error?.kind).toBe('reset');
    expect(recording.total()).toMatchObject({ started: 1, connectionError: 1 });
  });
});
