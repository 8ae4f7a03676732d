import { describe, expect, it } from 'vitest';
import { createClient, engine, startRawServer, startServer } from '../test-server.case.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

describe('a response', () => {
  it.each([
    ['103 Early Hints', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'],
    ['102 Processing, twice', 'HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n'],
  ])('may be preceded by informational ones: %s', async (_, before) => {
    const { url, sockets } = await startRawServer((socket) => socket.write(before + OK));
    const { client, recording } = createClient(url);
    for (let i = 0; i < 3; i++) {
      const response = await client.get('/');
      expect([response.status, response.text(), response.headers.has('link')]).toEqual([200, 'ok', false]);
    }
    expect(sockets).toHaveLength(1);
    expect(recording.total()).toMatchObject({ started: 3, ok: 3 });
  });

  it('may be preceded by 100 Continue, which nobody asked for, except with undici', async () => {
    const { url } = await startRawServer((socket) => socket.write(`HTTP/1.1 100 Continue\r\n\r\n${OK}`));
    const { client, recording } = createClient(url);
    const { status, error } = await client.post('/', { body: 'a' });
    expect([status, error?.kind]).toEqual(engine === 'undici' ? [0, 'reset'] : [200, undefined]);
    expect(recording.total()).toMatchObject({
      started: 1,
      [engine === 'undici' ? 'connectionError' : 'ok']: 1,
    });
  });

  it.each([
    ['HEAD with a length', 'HEAD', 'HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n', 200],
    ['HEAD with chunks', 'HEAD', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n', 200],
    ['204', 'DELETE', 'HTTP/1.1 204 No Content\r\n\r\n', 204],
    ['304 with a length', 'GET', 'HTTP/1.1 304 Not Modified\r\ncontent-length: 1000\r\n\r\n', 304],
    ['304', 'GET', 'HTTP/1.1 304 Not Modified\r\n\r\n', 304],
    ['no length of 0', 'GET', 'HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', 200],
  ] as const)('has no body where there is none: %s', async (_, method, text, status) => {
    const { url } = await startRawServer((socket) => socket.write(text));
    const { client, recording } = createClient(url, { timeout: 5 });
    for (let i = 0; i < 3; i++) {
      const response = await client.request(method, '/');
      expect([response.status, response.text(), response.error]).toEqual([status, '', undefined]);
    }
    expect(recording.total()).toMatchObject({ started: 3, ok: 3 });
  });

  it('may come in chunks, with extensions and trailers', async () => {
    const { url, sockets } = await startRawServer((socket) =>
      socket.write(
        'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ntrailer: x-sum\r\n\r\n' +
          '4;name=value\r\nab\r\n\r\n2\r\ncd\r\n0\r\nx-sum: 6\r\n\r\n',
      ),
    );
    const { client } = createClient(url);
    for (let i = 0; i < 3; i++) {
      const response = await client.get('/');
      expect([response.text(), response.bytesReceived]).toEqual(['ab\r\ncd', 6]);
    }
    expect(sockets).toHaveLength(1);
  });

  it('may come byte by byte', async () => {
    const { url } = await startRawServer((socket) => {
      socket.setNoDelay(true);
      const bytes = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\nx-a: b\r\n\r\nok'.split('');
      const next = (): void => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(next));
      };
      next();
    });
    const response = await createClient(url).client.get('/');
    expect([response.text(), response.headers.get('x-a')]).toEqual(['ok', 'b']);
  });

  it.each([
    ['connection: close', 'HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nok'],
    ['HTTP/1.0', 'HTTP/1.0 200 OK\r\ncontent-length: 2\r\n\r\nok'],
  ])('may be the last of its connection: %s', async (_, text) => {
    const { url, sockets } = await startRawServer((socket) => socket.end(text));
    const { client, recording } = createClient(url);
    for (let i = 0; i < 4; i++) expect((await client.get('/')).text()).toBe('ok');
    expect(sockets).toHaveLength(4);
    expect(recording.total()).toMatchObject({ started: 4, ok: 4 });
    expect(recording.total().retried).toBeUndefined();
  });

  it('keeps the text of its status and all its headers', async () => {
    const { url } = await startServer((_, response) => {
      response.writeHead(418, 'Short And Stout', { 'set-cookie': ['a=1', 'b=2'], 'x-empty': '' }).end();
    });
    const { client, recording } = createClient(url);
    const { headers } = await client.get('/');
    expect([headers.get('set-cookie'), headers.get('x-empty')]).toEqual(['a=1, b=2', '']);
    expect(recording.failures()).toEqual({ 'HTTP 418 Short And Stout': 1 });
  });
});
