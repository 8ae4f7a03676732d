import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { until } from '../fake-clock.case.ts';
import { createClient, engine, startRawServer, startServer } from './test-server.case.ts';

/** The address of a port on which nobody listens any more. */
async function findFreeUrl(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}

describe('a request without a response', () => {
  it('ends with status 0 and says that the connection was refused', async () => {
    const { client, recording } = createClient(await findFreeUrl());
    const response = await client.get('/');
    expect(response).toMatchObject({
      status: 0,
      ok: false,
      error: { kind: 'refused', code: 'ECONNREFUSED', message: 'connection refused (ECONNREFUSED)' },
    });
    expect([response.text(), [...response.headers]]).toEqual(['', []]);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
    expect(recording.failures()).toEqual({ 'connection refused (ECONNREFUSED)': 1 });
  });

  it('can be followed by one with a response, once the target is back', async () => {
    const url = await findFreeUrl();
    const { client, recording } = createClient(url);
    await client.get('/');
    const { server } = await startServer();
    await new Promise((resolve) => server.close(resolve));
    await new Promise<void>((resolve) => server.listen(Number(new URL(url).port), '127.0.0.1', resolve));
    expect((await client.get('/')).status).toBe(200);
    expect(recording.total()).toMatchObject({ started: 2, connectionError: 1, ok: 1 });
  });

  it('says that the name of the host is unknown', async () => {
    const { client, recording } = createClient('http://nowhere.invalid');
    const { status, error } = await client.get('/');
    expect([status, error?.kind]).toEqual([0, 'dns']);
    expect(error?.message).toMatch(/^host name not found \((ENOTFOUND|EAI_AGAIN)\)$/);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
  });

  it('says that the connection was closed before the response', async () => {
    const { url } = await startRawServer((socket) => socket.end());
    const { client, recording } = createClient(url);
    expect(await client.get('/')).toMatchObject({
      status: 0,
      error: { kind: 'reset', code: engine === 'undici' ? 'UND_ERR_SOCKET' : 'CLOSED' },
    });
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
  });

  it.each([
    ['reset', (destroy: { resetAndDestroy(): unknown }) => destroy.resetAndDestroy()],
    ['closed', (destroy: { end(): unknown }) => destroy.end()],
  ])('says that the connection was %s in the middle of the body', async (_, stop) => {
    const { url } = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf', () =>
        setImmediate(() => stop(socket)),
      );
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/');
    expect([response.status, response.ok]).toEqual([0, false]);
    expect(response.error?.kind).toBe('reset');
    expect(recording.total()).toEqual({ started: 1, connectionError: 1, bytesReceived: 4 });
  });

  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['a status that is no number', 'HTTP/1.1 abc OK\r\n\r\n'],
    ['two lengths', 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab'],
    ['a broken chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
    ['endless headers', `HTTP/1.1 200 OK\r\n${'x-a: b\r\n'.repeat(20_000)}\r\n`],
  ])('says that the response was malformed: %s', async (_, text) => {
    const { url } = await startRawServer((socket) => socket.write(text));
    const { client, recording } = createClient(url);
    const response = await client.get('/', { timeout: 5 });
    expect([response.status, response.error?.kind]).toEqual([0, 'protocol']);
    expect(recording.total()).toMatchObject({ started: 1, connectionError: 1 });
  });

  it('says that the target speaks no TLS', async () => {
    const { url } = await startServer();
    const { client } = createClient(url.replace('http:', 'https:'));
    expect(await client.get('/')).toMatchObject({ status: 0, error: { kind: 'tls' } });
  });
});

describe('the timeout of a request', () => {
  it.each([
    ['no response comes', ''],
    ['the headers do not end', 'HTTP/1.1 200 OK\r\nx-a: b'],
    ['the body does not end', 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf'],
    ['only informational responses come', 'HTTP/1.1 102 Processing\r\n\r\n'],
  ])('ends it where %s', async (_, text) => {
    const { url } = await startRawServer((socket) => socket.write(text));
    const { client, recording } = createClient(url);
    const response = await client.get('/', { timeout: '30ms' });
    expect(response).toMatchObject({
      status: 0,
      error: { kind: 'timeout', code: 'TIMEOUT', message: 'timeout after 0.03 s' },
    });
    expect(recording.total()).toMatchObject({ started: 1, timeout: 1 });
    const latencies = recording.intervals.flatMap(({ statistics }) =>
      statistics.entries.map(({ latency }) => latency),
    );
    expect(latencies.reduce((count, latency) => count + latency.count, 0)).toBe(1);
  });

  it('closes the connection, so that a late response is no answer to the next request', async () => {
    const { url, sockets } = await startRawServer((socket, text, connection) => {
      if (connection === 1) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nla');
      else
        socket.write(
          `HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n${text.includes('/second') ? 'good' : 'evil'}`,
        );
    });
    const { client } = createClient(url);
    await client.get('/first', { timeout: '20ms' });
    expect((await client.get('/second')).text()).toBe('good');
    expect(sockets).toHaveLength(2);
  });

  it('counts anew for each request of a connection', async () => {
    const { url, sockets } = await startServer((request, response) => {
      if (request.url !== '/stuck') response.end('ok');
    });
    const { client, recording } = createClient(url);
    for (const timeout of [20, '10s', 20, 20, '1m'])
      expect((await client.get('/', { timeout })).status).toBe(200);
    expect((await client.get('/stuck', { timeout: '20ms' })).error?.kind).toBe('timeout');
    expect(sockets).toHaveLength(1);
    expect(recording.total()).toMatchObject({ started: 6, ok: 5, timeout: 1 });
  });

  it('is that of the request itself, not of one before it on the connection', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    onTestFinished(() => void vi.useRealTimers());
    let answer: () => void = () => {};
    const { url, seen } = await startServer((request, response) => {
      if (request.url === '/fast') response.end('ok');
      else answer = () => response.end('ok');
    });
    const { client } = createClient(url);
    await client.get('/fast', { timeout: 5 });
    const slow = client.get('/slow', { timeout: 30 });
    await until(() => seen.length === 2);
    vi.advanceTimersByTime(29_999);
    answer();
    expect((await slow).status).toBe(200);
    const late = client.get('/slow', { timeout: 30 });
    await until(() => seen.length === 3);
    vi.advanceTimersByTime(30_000);
    expect((await late).error?.message).toBe('timeout after 30 s');
  });

  it('may be longer than timers can be', async () => {
    const { url } = await startServer((_, response) => setImmediate(() => response.end('ok')));
    const response = await createClient(url).client.get('/', { timeout: '1000h' });
    expect(response.status).toBe(200);
  });
});
