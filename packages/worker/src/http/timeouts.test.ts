import { once } from 'node:events';
import { createServer } from 'node:net';
import { type HttpTimeouts, StopUser } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createClient, listen, startRawServer, startServer } from './test-server.case.ts';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n';

describe('the time limits of a request', () => {
  it.each<[string, HttpTimeouts, string, string]>([
    ['the headers do not come', { headers: '20ms' }, '', 'timeout: no response headers after 0.02 s'],
    [
      'the headers do not end',
      { headers: '20ms', body: 30 },
      'HTTP/1.1 200 OK\r\nx-a: b',
      'timeout: no response headers after 0.02 s',
    ],
    [
      'only informational headers come',
      { headers: '20ms' },
      'HTTP/1.1 103 Early Hints\r\n\r\n',
      'timeout: no response headers after 0.02 s',
    ],
    [
      'the body does not come',
      { body: '20ms', headers: 30 },
      HEAD,
      'timeout: no more of the body for 0.02 s',
    ],
    ['the body stops', { body: '20ms' }, `${HEAD}half`, 'timeout: no more of the body for 0.02 s'],
    ['all of it takes too long', { total: '20ms', headers: 30, body: 30 }, HEAD, 'timeout after 0.02 s'],
  ])('end it where %s', async (_, timeout, text, message) => {
    const { url, sockets } = await startRawServer((socket) => socket.write(text));
    const { client, recording } = createClient(url);
    const { status, error } = await client.get('/', { timeout });
    expect([status, error?.kind, error?.message]).toEqual([0, 'timeout', message]);
    expect(recording.total()).toMatchObject({ started: 1, timeout: 1 });
    expect(recording.failures()).toEqual({ [message]: 1 });
    if (sockets[0]?.closed === false) await once(sockets[0], 'close');
  });

  it('leave a body alone that comes slowly but steadily', async () => {
    const { url } = await startRawServer((socket) => {
      socket.write(HEAD);
      let sent = 0;
      const timer = setInterval(() => {
        socket.write('x');
        if (++sent === 10) clearInterval(timer);
      }, 60);
    });
    // Longer than each pause by far, shorter than all of them.
    const { client } = createClient(url, { timeout: { headers: 5, body: '500ms' } });
    expect((await client.get('/')).text()).toBe('xxxxxxxxxx');
  });

  it('end a request that does not get a connection in time', async () => {
    const server = createServer();
    const { url } = await listen(server);
    const { client, recording } = createClient(url.replace('http:', 'https:'), {
      timeout: { connect: '30ms' },
    });
    const { error, timings } = await client.get('/');
    expect(error).toEqual({
      kind: 'timeout',
      code: 'CONNECT_TIMEOUT',
      message: 'timeout: no connection after 0.03 s',
    });
    expect(timings.connectMs + timings.tlsMs).toBeGreaterThan(0);
    expect(recording.total()).toMatchObject({ started: 1, timeout: 1 });
  });

  it('come from the class, and from the request where it has its own', async () => {
    const { url } = await startRawServer(() => {});
    const { client } = createClient(url, { timeout: { total: '400ms', headers: '20ms' } });
    expect((await client.get('/')).error?.code).toBe('HEADERS_TIMEOUT');
    expect((await client.get('/', { timeout: { headers: 0 } })).error?.message).toBe('timeout after 0.4 s');
    expect((await client.get('/', { timeout: { headers: 5, total: '15ms' } })).error?.message).toBe(
      'timeout after 0.015 s',
    );
    expect((await client.get('/', { timeout: '10ms' })).error?.message).toBe('timeout after 0.01 s');
  });

  it('do not reach into the next request of the connection', async () => {
    const { url, sockets } = await startServer((_, response) => setTimeout(() => response.end('ok'), 5));
    const { client } = createClient(url);
    for (const timeout of [{ headers: 5 }, { body: 5 }, { headers: '2s', total: 3 }, {}, 20]) {
      expect((await client.get('/', { timeout })).status).toBe(200);
    }
    expect(sockets).toHaveLength(1);
  });

  it('run while a request waits for a connection', async () => {
    const { url, sockets } = await startRawServer(() => {});
    const { client, recording } = createClient(url, { maxConnections: 1 });
    const endless = client.get('/', { timeout: { total: 0 } });
    const { error, timings } = await client.get('/', { timeout: '30ms' });
    expect(error?.message).toBe('timeout after 0.03 s');
    expect(timings).toMatchObject({ connectMs: 0, firstByteMs: 0, downloadMs: 0 });
    client.close();
    await expect(endless).rejects.toBeInstanceOf(StopUser);
    expect(sockets).toHaveLength(1);
    expect(recording.total()).toMatchObject({ started: 2, timeout: 1, aborted: 1 });
  });

  it('leave a request that has waited what is left of its time', async () => {
    const { url } = await startRawServer(() => {});
    const { client, recording } = createClient(url, { maxConnections: 1, timeout: '40ms' });
    const responses = await Promise.all(Array.from({ length: 5 }, () => client.get('/')));
    expect(responses.map(({ error }) => error?.message)).toEqual(Array(5).fill('timeout after 0.04 s'));
    expect(recording.total()).toMatchObject({ started: 5, timeout: 5 });
  });

  it('can be left out with 0', async () => {
    const { url } = await startServer((_, response) => setImmediate(() => response.end('ok')));
    const { client } = createClient(url, { timeout: { total: 0, connect: 0 } });
    expect((await client.get('/')).status).toBe(200);
  });

  it('refuse what is no duration', async () => {
    const { url } = await startServer();
    await expect(createClient(url).client.get('/', { timeout: { body: '3 apples' } })).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
    });
  });
});
