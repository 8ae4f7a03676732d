import { once } from 'node:events';
import { createServer as createHttp1Server } from 'node:http';
import { constants } from 'node:http2';
import { connect } from 'node:net';
import { StopUser } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { until } from '../fake-clock.case.ts';
import { HTTP2_SETTINGS, type Http2Answer, startHttp2 } from './test-http2-server.case.ts';
import { createClient, listen, startRawServer, startServer } from './test-server.case.ts';
import { startTlsServer } from './test-tls-server.case.ts';

const echo: Http2Answer = (stream, { ':path': path }) => {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  stream.on('end', () => {
    stream.respond({ ':status': 200, 'set-cookie': ['a=1', 'b=2'], 'x-path': path });
    stream.end(Buffer.concat(chunks));
  });
};

describe('HTTP/2', () => {
  it.each([false, true])('sends all requests of a user on one connection; TLS: %s', async (secure) => {
    const { url, sockets } = await startHttp2(echo, secure);
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const bodies = Array.from({ length: 50 }, (_, i) => `body ${i}`);
    const responses = await Promise.all(bodies.map((body) => client.post('/a?b=1', { body })));
    expect(responses.map((response) => response.text())).toEqual(bodies);
    expect(responses[0]?.headers.get('x-path')).toBe('/a?b=1');
    expect(responses[0]?.headers.get('set-cookie')).toBe('a=1, b=2');
    expect(sockets).toHaveLength(1);
    expect(recording.total()).toMatchObject({ started: 50, ok: 50 });
  });

  it('tells the timings of a request, and who opened the connection', async () => {
    const { url } = await startHttp2(echo, true);
    const { client } = createClient(url, HTTP2_SETTINGS);
    const first = await client.post('/', { body: 'x'.repeat(1_000) });
    const second = await client.get('/');
    expect([first.reusedConnection, second.reusedConnection]).toEqual([false, true]);
    expect([first.timings.tlsMs > 0, second.timings.tlsMs]).toEqual([true, 0]);
    expect([first.bytesSent > 1_000, second.bytesSent > 0, first.bytesReceived]).toEqual([true, true, 1_000]);
    for (const { timings, durationMs } of [first, second]) {
      expect(Object.values(timings).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(durationMs, 6);
    }
  });

  it.each([
    ['HEAD', 200],
    ['GET', 204],
    ['GET', 304],
  ] as const)('takes a response without a body: %s %i', async (method, status) => {
    const { url } = await startHttp2((stream) => {
      stream.respond({ ':status': status }, { endStream: true });
    });
    const response = await createClient(url, HTTP2_SETTINGS).client.request(method, '/');
    expect([response.status, response.text(), response.error]).toEqual([status, '', undefined]);
  });

  it('takes informational responses and trailers', async () => {
    const { url } = await startHttp2((stream) => {
      stream.additionalHeaders({ ':status': 103 });
      stream.on('wantTrailers', () => stream.sendTrailers({ 'x-sum': '1' }));
      stream.respond({ ':status': 200 }, { waitForTrailers: true });
      stream.end('ok');
    });
    const response = await createClient(url, HTTP2_SETTINGS).client.get('/');
    expect([response.status, response.text()]).toEqual([200, 'ok']);
  });

  it.each([
    [constants.NGHTTP2_REFUSED_STREAM, 'refused', 'the server refused the stream (HTTP2_REFUSED_STREAM)'],
    [constants.NGHTTP2_INTERNAL_ERROR, 'reset', 'the server reset the stream (HTTP2_INTERNAL_ERROR)'],
    [constants.NGHTTP2_CANCEL, 'reset', 'the server reset the stream (HTTP2_CANCEL)'],
    [constants.NGHTTP2_NO_ERROR, 'reset', 'the server reset the stream (HTTP2_NO_ERROR)'],
  ])(
    'fails where the server resets the stream with %i, once, and goes on with the session',
    async (code, kind, message) => {
      let resets = 0;
      const { url, sockets } = await startHttp2((stream, { ':path': path }) => {
        if (path === '/fine') {
          stream.respond({ ':status': 200 }, { endStream: true });
          return;
        }
        resets++;
        stream.close(code);
      });
      const { client, recording } = createClient(url, HTTP2_SETTINGS);
      expect((await client.get('/reset')).error).toMatchObject({ kind, message });
      expect((await client.get('/fine')).status).toBe(200);
      expect([resets, sockets.length]).toEqual([1, 1]);
      expect(recording.total()).toMatchObject({ started: 2, ok: 1, connectionError: 1 });
    },
  );

  it('fails where a stream is reset in the middle of the body', async () => {
    const { url } = await startHttp2((stream) => {
      stream.respond({ ':status': 200 });
      stream.write('half', () => setImmediate(() => stream.destroy(new Error('broken'))));
    });
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    expect((await client.get('/')).error?.message).toBe('the server reset the stream (HTTP2_INTERNAL_ERROR)');
    expect(recording.total()).toMatchObject({ started: 1, connectionError: 1 });
  });

  it.each(['at once', 'in the middle of the body'])(
    'fails all streams where the session is lost %s',
    async (when) => {
      let streams = 0;
      const { url, sockets } = await startHttp2((stream) => {
        if (when !== 'at once') {
          stream.respond({ ':status': 200 });
          stream.write('half');
        }
        if (++streams === 3) setImmediate(() => sockets[0]?.destroy());
        else if (streams > 3) stream.end('x');
      });
      const { client, recording } = createClient(url, HTTP2_SETTINGS);
      const responses = await Promise.all(Array.from({ length: 3 }, () => client.get('/')));
      expect(responses.map(({ status, error }) => [status, error?.kind])).toEqual(
        Array(3).fill([0, 'reset']),
      );
      expect(streams).toBe(3);
      expect(recording.total()).toMatchObject({ started: 3, connectionError: 3 });
      await client.post('/again');
      expect(sockets).toHaveLength(2);
    },
  );

  it('opens a new session after GOAWAY, while the streams of the old one end', async () => {
    let finish = (): void => {};
    const { url, sockets } = await startHttp2((stream, { ':path': path }, session) => {
      stream.respond({ ':status': 200 }, { endStream: path === '/new' });
      if (path === '/new') return;
      session.goaway();
      finish = () => stream.end('done');
    });
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const old = client.get('/old');
    await until(() => sockets.length === 1);
    let fresh = await client.get('/new');
    for (let i = 0; i < 50 && sockets.length < 2; i++) fresh = await client.get('/new');
    expect([fresh.status, sockets.length]).toEqual([200, 2]);
    finish();
    expect((await old).text()).toBe('done');
    expect(recording.total().connectionError).toBeUndefined();
  });

  it('keeps the time limits', async () => {
    const { url } = await startHttp2((stream, { ':path': path }) => {
      if (path === '/body') stream.respond({ ':status': 200 });
    });
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const codes = [];
    for (const [path, timeout] of [
      ['/', '20ms'],
      ['/', { headers: '20ms' }],
      ['/body', { body: '20ms', headers: 5 }],
    ] as const) {
      codes.push((await client.get(path, { timeout })).error?.code);
    }
    expect(codes).toEqual(['TIMEOUT', 'HEADERS_TIMEOUT', 'BODY_TIMEOUT']);
    expect(recording.total()).toMatchObject({ started: 3, timeout: 3 });
  });

  it('falls back to HTTP/1.1 on the connection that it has opened, where the server has no HTTP/2', async () => {
    const { url, sockets } = await startTlsServer();
    const { client } = createClient(url, HTTP2_SETTINGS);
    const responses = await Promise.all([client.get('/'), client.get('/')]);
    expect(responses.map((response) => response.text())).toEqual(['ok', 'ok']);
    expect([responses[0]?.reusedConnection, (responses[0]?.timings.tlsMs ?? 0) > 0]).toEqual([false, true]);
    for (let i = 0; i < 3; i++) expect((await client.get('/')).status).toBe(200);
    expect(sockets).toHaveLength(2);
  });

  it('fails on an http: server that knows HTTP/1.1 only', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    expect((await client.get('/', { timeout: 5 })).error?.kind).toBe('protocol');
    expect(recording.total()).toMatchObject({ started: 1, connectionError: 1 });
  });

  it('fails all that wait where there is no connection, and tries again with the next', async () => {
    const { url } = await startRawServer((socket) => socket.destroy());
    const { client } = createClient(url.replace('http://127.0.0.1', 'https://localhost'), HTTP2_SETTINGS);
    const kinds = (await Promise.all([client.get('/'), client.get('/')])).map(({ error }) => error?.kind);
    expect(kinds).toEqual(['reset', 'reset']);
    expect((await client.get('/')).error?.kind).toBe('reset');
  });

  it('goes through the tunnel of a proxy', async () => {
    const target = await startHttp2(echo, true);
    const server = createHttp1Server().on('connect', (request, socket) => {
      const onward = connect(Number((request.url ?? '').split(':')[1]), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
    });
    const proxy = await listen(server);
    const { client } = createClient(target.url, { ...HTTP2_SETTINGS, proxy: proxy.url });
    expect((await client.post('/', { body: 'through' })).text()).toBe('through');
    expect(target.sessions).toHaveLength(1);
  });

  it('ends what is under way as aborted when the user ends', async () => {
    const { url, sockets, sessions } = await startHttp2(() => {});
    const { client, recording } = createClient(url, HTTP2_SETTINGS);
    const calls = [client.get('/'), client.get('/')].map((call) =>
      expect(call).rejects.toBeInstanceOf(StopUser),
    );
    await until(() => sessions.length === 1);
    client.close();
    await Promise.all(calls);
    expect(recording.total()).toMatchObject({ started: 2, aborted: 2 });
    if (sockets[0]?.closed === false) await once(sockets[0], 'close');
  });

  it('takes a large body', async () => {
    const size = 20 * 1_048_576;
    const { url } = await startHttp2((stream) => stream.end(Buffer.alloc(size)));
    const response = await createClient(url, HTTP2_SETTINGS).client.get('/');
    expect([response.status, response.bytesReceived]).toEqual([200, size]);
  });

  it('is refused together with keepAlive: false', () => {
    expect(() => createClient('http://localhost', { http2: true, keepAlive: false })).toThrow(/http2 is on/);
  });
});
