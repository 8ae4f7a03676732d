import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { createClient, type SeenRequest, startRawServer, startServer } from './test-server.case.ts';

function redirect(response: ServerResponse, status: number, location: string, body = ''): void {
  response.writeHead(status, { location }).end(body);
}

/** `/302/302/end` is redirected twice. */
function follow(request: SeenRequest, response: ServerResponse): void {
  const [, status, rest] = /^\/(\d{3})(\/.*)/.exec(request.url) ?? [];
  if (status && rest) redirect(response, Number(status), rest, 'moved');
  else response.end(`${request.method} ${request.url} ${request.body}`);
}

describe('a redirect', () => {
  it('is followed, all hops being one request under the name of the first', async () => {
    const { url, sockets } = await startServer(follow);
    const { client, recording } = createClient(url);
    const response = await client.get('/301/302/303/307/308/end');
    expect([response.status, response.url, response.text()]).toEqual([200, `${url}/end`, 'GET /end ']);
    expect(response.history.map((hop) => [hop.status, hop.url.slice(url.length)])).toEqual([
      [301, '/301/302/303/307/308/end'],
      [302, '/302/303/307/308/end'],
      [303, '/303/307/308/end'],
      [307, '/307/308/end'],
      [308, '/308/end'],
    ]);
    expect(response.history[0]?.headers.get('location')).toBe('/302/303/307/308/end');
    expect(Object.keys(recording.counts())).toEqual(['GET /301/302/303/307/308/end']);
    expect(recording.total()).toEqual({
      started: 1,
      ok: 1,
      bytesReceived: 5 * 'moved'.length + 'GET /end '.length,
    });
    expect(sockets).toHaveLength(1);
  });

  it('is measured from the call to the end of the last body', async () => {
    const { url } = await startServer((request, response) => {
      setTimeout(() => follow(request, response), request.url === '/302/end' ? 30 : 0);
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/302/end');
    expect(response.durationMs).toBeGreaterThan(25);
    const [interval] = (recording.finish(), recording.intervals.slice(-1));
    expect(interval?.statistics.entries[0]?.latency?.sumUs).toBe(Math.round(response.durationMs * 1_000));
  });

  it('is a response like any other where none is to be followed', async () => {
    const { url, seen } = await startServer(follow);
    const response = await createClient(url).client.get('/302/end', { maxRedirects: 0 });
    expect([response.status, response.text(), response.history]).toEqual([302, 'moved', []]);
    const { client } = createClient(url, { maxRedirects: 0 });
    expect((await client.get('/307/end')).status).toBe(307);
    expect((await client.get('/307/end', { maxRedirects: 1 })).status).toBe(200);
    expect(seen).toHaveLength(4);
  });

  it.each([
    ['a redirect without a location', 302],
    ['a choice', 300],
    ['what is not modified', 304],
  ])('is not seen in %s', async (_, status) => {
    const { url } = await startServer((_request, response) => response.writeHead(status).end());
    const response = await createClient(url).client.get('/');
    expect([response.status, response.history]).toEqual([status, []]);
  });

  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [303, 'PUT', 'GET', ''],
    [303, 'HEAD', 'HEAD', ''],
    [301, 'PUT', 'PUT', '{"a":1}'],
    [302, 'DELETE', 'DELETE', '{"a":1}'],
    [307, 'POST', 'POST', '{"a":1}'],
    [308, 'PATCH', 'PATCH', '{"a":1}'],
  ] as const)('with status %i makes of %s a %s with the body %j', async (status, method, expected, body) => {
    const { url, seen } = await startServer(follow);
    const options = { ...(method === 'HEAD' ? {} : { json: { a: 1 } }), headers: { 'x-trace': '1' } };
    await createClient(url).client.request(method, `/${status}/end`, options);
    expect(seen[1]).toMatchObject({ method: expected, body, headers: { 'x-trace': '1' } });
    expect(seen[1]?.headers['content-type']).toBe(body ? 'application/json' : undefined);
  });

  it.each([
    ['relative', (): string => '../b?x=1#top'],
    ['absolute', (url: string): string => `${url}/b?x=1`],
    ['without a scheme', (url: string): string => `${url.slice('http:'.length)}/b?x=1`],
  ])('may be %s', async (_, locate) => {
    const { url, seen } = await startServer((request, response) =>
      request.url === '/a/start' ? redirect(response, 302, locate(url)) : response.end(),
    );
    const response = await createClient(url).client.get('/a/start');
    expect([seen[1]?.url, response.url]).toEqual(['/b?x=1', `${url}/b?x=1`]);
  });

  it('may have letters in UTF-8', async () => {
    const { url, seen } = await startServer((request, response) =>
      request.url === '/' ? redirect(response, 302, Buffer.from('/über').toString('latin1')) : response.end(),
    );
    await createClient(url).client.get('/');
    expect(seen[1]?.url).toBe('/%C3%BCber');
  });

  it('to another origin takes no credentials along, one to the same origin does', async () => {
    const other = await startServer();
    const { url, seen } = await startServer((request, response) =>
      redirect(response, 302, request.url === '/' ? '/next' : `${other.url}/there`),
    );
    const headers = { authorization: 'Bearer x', cookie: 'a=1', 'x-trace': '1' };
    await createClient(url, { headers }).client.get('/', { headers: { Cookie: 'b=2' } });
    expect(seen[1]?.headers).toMatchObject({ authorization: 'Bearer x', cookie: 'b=2', 'x-trace': '1' });
    expect(other.seen[0]?.headers).toMatchObject({ 'x-trace': '1' });
    expect([other.seen[0]?.headers.authorization, other.seen[0]?.headers.cookie]).toEqual([
      undefined,
      undefined,
    ]);
  });

  it('is given to the check only at its end', async () => {
    const { url } = await startServer(follow);
    const { client, recording } = createClient(url);
    const seen: unknown[] = [];
    await client.get('/302/end', {
      check: (response) => void seen.push(response.status, response.history.length),
    });
    expect(seen).toEqual([200, 1]);
    expect(recording.total()).toMatchObject({ ok: 1 });
  });
});

describe('redirects that lead nowhere', () => {
  it.each([
    ['more than 30 redirects', {}, 31],
    ['more than 2 redirects', { maxRedirects: 2 }, 3],
  ])('fail with: %s', async (reason, options, requests) => {
    let count = 0;
    const { url, seen } = await startServer((_, response) => redirect(response, 302, `/${count++}`));
    const { client, recording } = createClient(url);
    const response = await client.get('/start', options);
    expect(response.error).toEqual({ kind: 'protocol', code: 'TOO_MANY_REDIRECTS', message: reason });
    expect([response.status, seen.length]).toEqual([0, requests]);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
    expect(recording.failures()).toEqual({ [reason]: 1 });
  });

  it.each(['ftp://127.0.0.1/', 'http://', 'javascript:alert(1)', 'http://a b/'])(
    'fail with one reason for all: %s',
    async (location) => {
      const { url } = await startServer((_, response) => redirect(response, 302, location));
      const { client, recording } = createClient(url);
      expect((await client.get('/')).error).toMatchObject({ kind: 'protocol', code: 'REDIRECT_INVALID' });
      expect(recording.failures()).toEqual({ 'redirected to what is no HTTP URL': 1 });
    },
  );

  it('fail as the hop does that fails', async () => {
    const { url } = await startServer((request, response) =>
      request.url === '/' ? redirect(response, 302, '/next') : response.destroy(),
    );
    const { client, recording } = createClient(url);
    const response = await client.post('/');
    expect([response.error?.kind, response.url, response.history.length]).toEqual([
      'reset',
      `${url}/next`,
      1,
    ]);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1, retried: 1 });
  });

  it('count as retried where one of their hops was', async () => {
    const { url } = await startRawServer((socket, text, connection) => {
      if (text.startsWith('GET /first ')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      else if (connection === 1) socket.destroy();
      else if (text.startsWith('GET /end ')) socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
      else socket.write('HTTP/1.1 302 Found\r\nlocation: /end\r\ncontent-length: 0\r\n\r\n');
    });
    const { client, recording } = createClient(url);
    await client.get('/first');
    expect((await client.get('/moved')).status).toBe(200);
    expect(recording.total()).toEqual({ started: 2, ok: 2, retried: 1 });
  });

  it('have one timeout for all hops, which is the reason', async () => {
    const { url, seen } = await startServer((request, response) => {
      if (request.url === '/') setTimeout(() => redirect(response, 302, '/next'), 40);
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/', { timeout: '100ms' });
    expect([response.error?.kind, seen.length]).toEqual(['timeout', 2]);
    expect(recording.failures()).toEqual({ 'timeout after 0.1 s': 1 });
  });

  it('leave the last hop only the time that is left', async () => {
    const { url } = await startServer((request, response) => {
      if (request.url === '/') setTimeout(() => redirect(response, 302, '/next'), 120);
      else setTimeout(() => response.end('late'), 160);
    });
    const { client } = createClient(url);
    expect((await client.get('/', { timeout: '200ms' })).error?.message).toBe('timeout after 0.2 s');
  });

  it('leave the last body all the room that there is for one', async () => {
    const body = 'x'.repeat(6 * 1_048_576);
    const { url } = await startServer((request, response) =>
      request.url === '/' ? redirect(response, 302, '/next', body) : response.end(body),
    );
    const response = await createClient(url).client.get('/');
    expect([response.text().length, response.bytesReceived]).toEqual([body.length, 2 * body.length]);
  });

  it('count what came before as received', async () => {
    const { url } = await startRawServer((socket, text) => {
      if (text.startsWith('GET / ')) {
        socket.write('HTTP/1.1 302 Found\r\nlocation: /next\r\ncontent-length: 5\r\n\r\nmoved');
      } else socket.destroy();
    });
    const { client, recording } = createClient(url);
    await client.get('/');
    expect(recording.total()).toMatchObject({ bytesReceived: 5, connectionError: 1 });
  });

  it.each([-1, 1.5, '3', Number.NaN])('are not possible with maxRedirects %j', async (maxRedirects) => {
    const { client } = createClient('http://127.0.0.1');
    const refused = client.get('/', { maxRedirects: maxRedirects as number });
    await expect(refused).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
  });
});
