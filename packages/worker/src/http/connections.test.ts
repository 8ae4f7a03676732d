import { once } from 'node:events';
import { StopUser } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { createClient, startRawServer, startServer } from './test-server.case.ts';

const OK = 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok';

describe('the connections of a user', () => {
  it('are one for requests that follow each other', async () => {
    const { url, sockets } = await startServer();
    const { client } = createClient(url);
    for (let i = 0; i < 10; i++) await client.get('/');
    for (let i = 0; i < 10; i++) await client.post('/', { json: i });
    expect(sockets).toHaveLength(1);
  });

  it('are at most six for requests at the same time, and all of them get their answer', async () => {
    let under = 0;
    let most = 0;
    const { url, sockets } = await startServer((request, response) => {
      most = Math.max(most, ++under);
      setImmediate(() => {
        under--;
        response.end(request.url);
      });
    });
    const { client, recording } = createClient(url);
    const paths = Array.from({ length: 50 }, (_, i) => `/${i}`);
    const responses = await Promise.all(paths.map((path) => client.get(path)));
    expect(responses.map((response) => response.text())).toEqual(paths);
    expect([sockets.length, most <= 6]).toEqual([6, true]);
    expect(recording.total()).toMatchObject({ started: 50, ok: 50 });
  });

  it('are separate for each host', async () => {
    const [one, two] = [await startServer(), await startServer()];
    const { client } = createClient(one.url);
    for (let i = 0; i < 3; i++) await Promise.all([client.get('/'), client.get(`${two.url}/`)]);
    expect([one.sockets.length, two.sockets.length]).toEqual([1, 1]);
  });

  it('are separate for each user', async () => {
    const { url, sockets } = await startServer();
    for (let i = 0; i < 3; i++) await createClient(url).client.get('/');
    expect(sockets).toHaveLength(3);
  });

  it('are opened anew where the server closes each', async () => {
    const { url, sockets } = await startServer((_, response) =>
      response.setHeader('connection', 'close').end('ok'),
    );
    const { client, recording } = createClient(url);
    for (let i = 0; i < 5; i++) expect((await client.get('/')).text()).toBe('ok');
    expect(sockets).toHaveLength(5);
    expect(recording.total()).toMatchObject({ started: 5, ok: 5 });
    expect(recording.total().retried).toBeUndefined();
  });

  it('are opened anew, without a retry, after the server has closed an idle one', async () => {
    const { url, sockets } = await startServer();
    const { client, recording } = createClient(url);
    await client.get('/');
    sockets[0]?.end();
    if (sockets[0]?.closed === false) await once(sockets[0], 'close');
    await settle();
    expect((await client.post('/')).status).toBe(200);
    expect(sockets).toHaveLength(2);
    expect(recording.total()).toEqual({ started: 2, ok: 2, bytesReceived: 4 });
  });

  it('hand the wait for a free one over to the next request where one breaks', async () => {
    const { url } = await startRawServer((socket, text) => {
      if (text.includes('/bad')) socket.destroy();
      else socket.write(OK);
    });
    const { client, recording } = createClient(url);
    const paths = [...Array<string>(6).fill('/bad'), ...Array<string>(6).fill('/good')];
    const responses = await Promise.all(paths.map((path) => client.post(path)));
    expect(responses.map(({ status }) => status)).toEqual([...Array(6).fill(0), ...Array(6).fill(200)]);
    expect(recording.total()).toMatchObject({ started: 12, ok: 6, connectionError: 6 });
  });
});

describe('a request that waits for one of six connections', () => {
  it('gets the place of one that timed out', async () => {
    const { url, sockets } = await startServer((request, response) => {
      if (request.url !== '/stuck') response.end('ok');
    });
    const { client, recording } = createClient(url);
    const stuck = Array.from({ length: 6 }, () => client.get('/stuck', { timeout: '20ms' }));
    const waiting = Array.from({ length: 3 }, () => client.get('/fine'));
    const responses = await Promise.all([...stuck, ...waiting]);
    expect(responses.map(({ status }) => status)).toEqual([0, 0, 0, 0, 0, 0, 200, 200, 200]);
    expect(recording.total()).toMatchObject({ started: 9, timeout: 6, ok: 3 });
    expect(sockets.length).toBeGreaterThan(6);
  });
});

describe('a request on a connection that the server closes at that moment', () => {
  /** Answers the first request of a connection and closes instead of answering the second. */
  const closeOnSecond = (instead = '') => {
    const served = new Map<number, number>();
    return startRawServer((socket, _, connection) => {
      const count = (served.get(connection) ?? 0) + 1;
      served.set(connection, count);
      if (count === 1) socket.write(OK);
      else socket.end(instead);
    });
  };

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'] as const)(
    'is sent once more with %s, and that is counted',
    async (method) => {
      const { url, sockets } = await closeOnSecond();
      const { client, recording } = createClient(url);
      await client.get('/');
      const response = await client.request(method, '/again');
      expect([response.status, sockets.length]).toEqual([200, 2]);
      expect(recording.counts()[`${method} /again`]).toMatchObject({
        started: 1,
        ok: 1,
        retried: 1,
        connectionError: 0,
      });
    },
  );

  it.each(['POST', 'PATCH'] as const)('fails with %s, which might be done twice', async (method) => {
    const { url, sockets } = await closeOnSecond();
    const { client, recording } = createClient(url);
    await client.get('/');
    const response = await client.request(method, '/again');
    expect([response.error?.kind, sockets.length]).toEqual(['reset', 1]);
    expect(recording.counts()[`${method} /again`]).toMatchObject({
      started: 1,
      retried: 0,
      connectionError: 1,
    });
  });

  it('fails where it is closed on the second attempt as well', async () => {
    const { url, sockets } = await startRawServer((socket, text) => {
      if (text.includes('/first')) socket.write(OK);
      else socket.end();
    });
    const { client, recording } = createClient(url);
    await client.get('/first');
    expect((await client.get('/again')).error?.kind).toBe('reset');
    expect(sockets).toHaveLength(2);
    expect(recording.counts()['GET /again']).toMatchObject({ started: 1, retried: 1, connectionError: 1 });
  });

  it('fails on a new connection, where nobody can have timed it out', async () => {
    const { url, sockets } = await startRawServer((socket) => socket.end());
    const { client, recording } = createClient(url);
    expect((await client.get('/')).error?.kind).toBe('reset');
    expect(sockets).toHaveLength(1);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
  });

  it.each([
    ['a malformed response', 'nonsense\r\n\r\n', 'protocol'],
    ['an informational response', 'HTTP/1.1 103 Early Hints\r\n\r\n', 'reset'],
    ['half of the headers', 'HTTP/1.1 200 OK\r\nx-', 'reset'],
    ['half a body', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf', 'reset'],
  ])('fails after %s', async (_, text, kind) => {
    const { url, sockets } = await closeOnSecond(text);
    const { client, recording } = createClient(url);
    await client.get('/');
    expect((await client.get('/again')).error?.kind).toBe(kind);
    expect(sockets).toHaveLength(1);
    expect(recording.counts()['GET /again']).toMatchObject({ started: 1, retried: 0, connectionError: 1 });
  });
});

describe('closing a client', () => {
  it('rejects what is under way with StopUser and counts it as aborted', async () => {
    const { url, sockets, seen } = await startServer((request, response) => {
      if (request.url === '/fast') response.end('ok');
      else response.write('half');
    });
    const { client, recording } = createClient(url);
    await client.get('/fast');
    const stuck = Array.from({ length: 9 }, () => client.get('/stuck').catch((error: unknown) => error));
    while (seen.length < 7) await settle();
    client.close();
    expect((await Promise.all(stuck)).every((error) => error instanceof StopUser)).toBe(true);
    expect(recording.total()).toMatchObject({ started: 10, ok: 1, aborted: 9 });
    expect(recording.failures()).toEqual({});
    for (const socket of sockets) if (!socket.closed) await once(socket, 'close');
  });

  it('rejects what is still connecting', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    const early = client.get('/');
    client.close();
    await expect(early).rejects.toBeInstanceOf(StopUser);
    expect(recording.total()).toEqual({ started: 1, aborted: 1 });
  });

  it('rejects a request whose check does not end', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    let looked: () => void = () => {};
    const looking = new Promise<void>((resolve) => {
      looked = resolve;
    });
    let endCheck: (verdict: string) => void = () => {};
    const check = (): Promise<string> => {
      looked();
      return new Promise((resolve) => {
        endCheck = resolve;
      });
    };
    const checked = client.get('/', { check });
    await looking;
    client.close();
    await expect(checked).rejects.toBeInstanceOf(StopUser);
    endCheck('too late');
    await settle();
    expect(recording.total()).toMatchObject({ started: 1, aborted: 1 });
    expect(recording.total().checkFailed).toBeUndefined();
  });

  it('lets no further request begin', async () => {
    const { url, seen } = await startServer();
    const { client, recording } = createClient(url);
    client.close();
    client.close();
    await expect(client.get('/')).rejects.toBeInstanceOf(StopUser);
    expect([seen, recording.counts()]).toEqual([[], {}]);
  });
});
