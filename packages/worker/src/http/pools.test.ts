import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { type HttpSettings, StopUser, type StreamedResponse } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../fake-clock.case.ts';
import { systemClock } from '../system-clock.ts';
import { ConnectionPools } from './connection-pools.ts';
import { startHttp2 } from './test-http2-server.case.ts';
import { createClient, engine, startServer } from './test-server.case.ts';

function readText(response: StreamedResponse): () => Promise<string> {
  return async () => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  };
}

describe('without keep-alive', () => {
  it('each request opens a connection, and asks the server to close it', async () => {
    const { url, sockets, seen } = await startServer();
    const { client, recording } = createClient(url, { keepAlive: false });
    const responses = [];
    for (let i = 0; i < 3; i++) responses.push(await client.get('/'));
    responses.push(...(await Promise.all([client.post('/', { body: 'a' }), client.head('/')])));
    expect(responses.map(({ status }) => status)).toEqual(Array(5).fill(200));
    expect(
      responses.every(({ reusedConnection, timings }) => !reusedConnection && timings.connectMs > 0),
    ).toBe(true);
    expect(sockets).toHaveLength(5);
    expect(seen.map(({ headers }) => headers.connection)).toEqual(Array(5).fill('close'));
    expect(recording.total()).toMatchObject({ started: 5, ok: 5 });
  });

  it('at most so many are open at the same time as are allowed', async () => {
    const { url, sockets } = await startServer();
    const { client } = createClient(url, { keepAlive: false, maxConnections: 2 });
    let most = 0;
    const get = async () => {
      await client.get('/');
      most = Math.max(most, sockets.filter(({ closed }) => !closed).length);
    };
    await Promise.all(Array.from({ length: 12 }, get));
    expect([sockets.length, most <= 3]).toEqual([12, true]);
  });
});

describe('the number of connections', () => {
  it.each([1, 3, 10])('of a user can be set: %s', async (maxConnections) => {
    const { url, sockets } = await startServer();
    const { client } = createClient(url, { maxConnections });
    await Promise.all(Array.from({ length: 20 }, () => client.get('/')));
    expect(sockets).toHaveLength(maxConnections);
  });

  it.each([0, 1.5, -1, Number.NaN])('cannot be %s', (maxConnections) => {
    expect(() => createClient('http://localhost', { maxConnections })).toThrow(/maxConnections is /);
  });
});

describe('a shared pool', () => {
  const startUsers = (url: string, count: number, settings: HttpSettings) => {
    const pools = new ConnectionPools({ clock: systemClock, insecure: false, engine });
    onTestFinished(() => pools.close());
    return Array.from({ length: count }, () => createClient(url, settings, pools));
  };

  it('serves all users of a class with as many connections as it may have', async () => {
    const { url, sockets } = await startServer((request, response) => response.end(request.url));
    const users = startUsers(url, 20, { pool: 'shared', maxConnections: 3 });
    const responses = await Promise.all(users.map(({ client }, i) => client.get(`/${i}`)));
    expect(responses.map((response) => response.text())).toEqual(users.map((_, i) => `/${i}`));
    expect(sockets).toHaveLength(3);
  });

  it('is one for each class', async () => {
    const { url, sockets } = await startServer();
    const pools = new ConnectionPools({ clock: systemClock, insecure: false, engine });
    onTestFinished(() => pools.close());
    for (const settings of [{ pool: 'shared' }, { pool: 'shared' }] as const) {
      for (let i = 0; i < 3; i++) await createClient(url, settings, pools).client.get('/');
    }
    expect(sockets).toHaveLength(2);
  });

  it('goes on for the others when one user ends', async () => {
    const open: ServerResponse[] = [];
    const { url } = await startServer((_, response) => void open.push(response));
    const [ends, stays] = startUsers(url, 2, { pool: 'shared', maxConnections: 2 });
    if (!ends || !stays) throw new Error('unreachable');
    const calls = [ends.client, stays.client, ends.client, stays.client].map((client) => client.get('/'));
    await until(() => open.length === 2);
    ends.client.close();
    await expect(calls[0]).rejects.toBeInstanceOf(StopUser);
    await expect(calls[2]).rejects.toBeInstanceOf(StopUser);
    await until(() => open.length === 3);
    for (const response of open) response.end('ok');
    expect([(await calls[1])?.text(), (await calls[3])?.text()]).toEqual(['ok', 'ok']);
    expect(ends.recording.total()).toMatchObject({ started: 2, aborted: 2 });
    expect(stays.recording.total()).toMatchObject({ started: 2, ok: 2 });
  });

  it.each([false, true])(
    'serves the redirects and cookies of each of its users; HTTP/2: %s',
    async (http2) => {
      const seen: string[] = [];
      const answer = (path: string, cookie: string): OutgoingHttpHeaders => {
        seen.push(`${path} ${cookie}`);
        const [, user] = /^\/start\/(.)/.exec(path) ?? [];
        return user ? { location: '/end', 'set-cookie': `user=${user}; Path=/` } : { 'x-cookie': cookie };
      };
      const { url, sockets } = http2
        ? await startHttp2((stream, { ':path': path, cookie = '-' }) => {
            const headers = answer(path, cookie);
            stream.respond({ ':status': headers['location'] ? 302 : 200, ...headers }, { endStream: true });
          })
        : await startServer(({ url: path, headers: { cookie = '-' } }, response) => {
            const headers = answer(path, cookie);
            response.writeHead(headers['location'] ? 302 : 200, headers).end();
          });
      const users = startUsers(url, 5, { pool: 'shared', maxConnections: 1, http2 });
      const responses = await Promise.all(users.map(({ client }, i) => client.get(`/start/${i}`)));
      expect(responses.map(({ headers }) => headers.get('x-cookie'))).toEqual(
        users.map((_, i) => `user=${i}`),
      );
      expect([seen.length, sockets.length]).toEqual([10, 1]);
      for (const { timings, durationMs } of responses) {
        expect(Object.values(timings).reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(durationMs, 6);
      }
      for (const { recording } of users) expect(recording.total()).toMatchObject({ started: 1, ok: 1 });
    },
  );

  it.each([false, true])('loses only the streams of a user that ends; HTTP/2: %s', async (http2) => {
    const { url } = http2
      ? await startHttp2((stream) => {
          stream.respond({ ':status': 200 });
          stream.write('first');
          setTimeout(() => stream.end('last'), 60);
        })
      : await startServer((_, response) => {
          response.write('first');
          setTimeout(() => response.end('last'), 60);
        });
    const [ends, stays] = startUsers(url, 2, { pool: 'shared', http2 });
    if (!ends || !stays) throw new Error('unreachable');
    const [cut, whole] = await Promise.all(
      [ends, stays].map(async ({ client }) => readText(await client.get('/', { stream: true }))),
    ).then((texts) => (ends.client.close(), texts));
    await expect(cut?.()).rejects.toBeInstanceOf(StopUser);
    expect(await whole?.()).toBe('firstlast');
    expect(ends.recording.total()).toMatchObject({ started: 1, aborted: 1 });
    expect(stays.recording.total()).toMatchObject({ started: 1, ok: 1 });
  });

  it('has another word than shared and user refused', () => {
    expect(() => createClient('http://localhost', { pool: 'class' as 'user' })).toThrow(/pool is "class"/);
  });
});
