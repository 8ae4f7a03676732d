import type { HttpMethod, RequestOptions } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createClient, startServer } from './test-server.case.ts';

async function* chunk(text: string): AsyncGenerator<string> {
  yield text;
}

describe('a request', () => {
  it.each(['get', 'post', 'put', 'patch', 'delete', 'head', 'options'] as const)(
    'can be sent with %s',
    async (name) => {
      const { url, seen } = await startServer();
      const { client, recording } = createClient(url);
      const response = await client[name]('/things');
      expect([response.status, response.ok, response.error]).toEqual([200, true, undefined]);
      expect(seen).toMatchObject([{ method: name.toUpperCase(), url: '/things' }]);
      expect(Object.keys(recording.counts())).toEqual([`${name.toUpperCase()} /things`]);
    },
  );

  it('can be sent with a method by name', async () => {
    const { url, seen } = await startServer();
    await createClient(url).client.request('DELETE', '/things/7');
    expect(seen).toMatchObject([{ method: 'DELETE', url: '/things/7' }]);
  });

  it.each<[string, RequestOptions, string, string | undefined]>([
    ['json', { json: { name: 'Ann', tags: ['ä', 1] } }, '{"name":"Ann","tags":["ä",1]}', 'application/json'],
    ['json null', { json: null }, 'null', 'application/json'],
    [
      'a form',
      { form: { q: 'a b&c', n: [1, 2], t: true } },
      'q=a+b%26c&n=1&n=2&t=true',
      'application/x-www-form-urlencoded',
    ],
    ['text', { body: 'plain ü' }, 'plain ü', undefined],
    ['bytes', { body: Uint8Array.of(104, 105) }, 'hi', undefined],
    [
      'a content type of its own',
      { json: {}, headers: { 'Content-Type': 'application/ld+json' } },
      '{}',
      'application/ld+json',
    ],
    ['nothing', {}, '', undefined],
  ])('carries %s', async (_, options, body, contentType) => {
    const { url, seen } = await startServer();
    await createClient(url).client.post('/', options);
    expect(seen[0]?.body).toBe(body);
    expect(seen[0]?.headers['content-type']).toBe(contentType);
    expect(seen[0]?.headers['content-length']).toBe(String(Buffer.byteLength(body)));
  });

  it('carries the headers of its user class, unless it has its own', async () => {
    const { url, seen } = await startServer();
    const { client } = createClient(url, { headers: { 'X-Trace': 'class', Accept: 'text/html' } });
    await client.get('/', { headers: { 'x-trace': 'own' } });
    expect(seen[0]?.headers).toMatchObject({ 'x-trace': 'own', accept: 'text/html' });
  });

  it('says who sends it, unless the script does', async () => {
    const { url, seen } = await startServer();
    const { client } = createClient(url);
    await client.get('/');
    await client.get('/', { headers: { 'User-Agent': 'me', 'X-Trace': '1' } });
    expect(seen[0]?.headers).toMatchObject({
      'user-agent': expect.stringMatching(/^loadts\//),
      accept: '*/*',
    });
    expect(seen[1]?.headers).toMatchObject({ 'user-agent': 'me', accept: '*/*', 'x-trace': '1' });
  });

  it('gets its query from the options as well as from the URL', async () => {
    const { url, seen } = await startServer();
    const { client, recording } = createClient(url);
    await client.get('/find?page=2', { query: { tag: ['a', 'b c'], limit: 5, all: false, none: [] } });
    expect(seen[0]?.url).toBe('/find?page=2&tag=a&tag=b+c&limit=5&all=false');
    expect(Object.keys(recording.counts())).toEqual(['GET /find']);
  });

  it('is counted under its path without the query, or under the name it is given', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    for (const id of [1, 2, 3]) await client.get(`/users?id=${id}`);
    for (const id of [1, 2, 3]) await client.get(`/users/${id}`, { name: '/users/:id' });
    const started = Object.entries(recording.counts()).map(([name, { started, ok }]) => [name, started, ok]);
    expect(started).toEqual([
      ['GET /users', 3, 3],
      ['GET /users/:id', 3, 3],
    ]);
  });

  it('goes to an absolute URL whatever the host, and is counted with its origin', async () => {
    const [own, other] = [await startServer(), await startServer()];
    const { client, recording } = createClient(own.url);
    const response = await client.get(`${other.url}/there?x=1`);
    expect([own.seen.length, other.seen.length]).toEqual([0, 1]);
    expect(response.url).toBe(`${other.url}/there?x=1`);
    expect(Object.keys(recording.counts())).toEqual([`GET ${other.url}/there`]);
  });

  it.each([
    ['/api', '/users', '/api/users'],
    ['/api/', '/users', '/api/users'],
    ['/api', 'users', '/api/users'],
    ['', 'users', '/users'],
    ['/', '', '/'],
    ['', '?page=1', '/?page=1'],
  ])('keeps the path of the host: %j and %j', async (base, path, expected) => {
    const { url, seen } = await startServer();
    await createClient(`${url}${base}`).client.get(path);
    expect(seen[0]?.url).toBe(expected);
  });

  it.each<[string, string | undefined, string, RequestOptions, string]>([
    ['json and form', 'http://127.0.0.1', '/', { json: {}, form: {} } as never, 'REQUEST_INVALID'],
    [
      'json, form and body',
      'http://127.0.0.1',
      '/',
      { json: 1, form: {}, body: '' } as never,
      'REQUEST_INVALID',
    ],
    ['a number as its body', 'http://127.0.0.1', '/', { body: 5 as never }, 'REQUEST_INVALID'],
    ['no host', undefined, '/users', {}, 'HOST_MISSING'],
    ['a host without a scheme', 'localhost:8000', '/', {}, 'REQUEST_INVALID'],
    ['a host with another scheme', 'ftp://localhost', '/', {}, 'REQUEST_INVALID'],
    ['what is no URL', 'http://a b', '/', {}, 'REQUEST_INVALID'],
    [
      'a header value of two lines',
      'http://127.0.0.1',
      '/',
      { headers: { 'x-a': 'a\nb' } },
      'REQUEST_INVALID',
    ],
    [
      'a header without a value',
      'http://127.0.0.1',
      '/',
      { headers: { 'x-a': undefined as never } },
      'REQUEST_INVALID',
    ],
    [
      'a header that only the connection can set',
      'http://127.0.0.1',
      '/',
      { headers: { 'Transfer-Encoding': 'chunked' } },
      'REQUEST_INVALID',
    ],
    [
      'a length that is not its own',
      'http://127.0.0.1',
      '/',
      { headers: { 'content-length': '3' }, body: 'four' },
      'REQUEST_INVALID',
    ],
    [
      'a length and no body',
      'http://127.0.0.1',
      '/',
      { headers: { 'Content-Length': '3' } },
      'REQUEST_INVALID',
    ],
    [
      'a length that is no number',
      'http://127.0.0.1',
      '/',
      { headers: { 'content-length': 'many' }, body: chunk('x') },
      'REQUEST_INVALID',
    ],
    ['a header name with spaces', 'http://127.0.0.1', '/', { headers: { 'x a': 'b' } }, 'REQUEST_INVALID'],
    ['no duration as its timeout', 'http://127.0.0.1', '/', { timeout: 'soon' }, 'CONFIG_INVALID'],
  ])('with %s is refused and not counted', async (_, host, path, options, code) => {
    const { client, recording } = createClient(host);
    await expect(client.post(path, options)).rejects.toMatchObject({ code });
    expect(recording.counts()).toEqual({});
  });

  it.each(['GET IT', '', 'CONNECT', undefined])(
    'with the method %j is refused and not counted',
    async (method) => {
      const { client, recording } = createClient('http://127.0.0.1');
      await expect(client.request(method as HttpMethod, '/')).rejects.toMatchObject({
        code: 'REQUEST_INVALID',
      });
      expect(recording.counts()).toEqual({});
    },
  );

  it('may have a method of its own making', async () => {
    const { url, seen } = await startServer();
    await createClient(url).client.request('PURGE' as HttpMethod, '/');
    expect(seen[0]?.method).toBe('PURGE');
  });

  it('may tell the length of its body', async () => {
    const { url, seen } = await startServer();
    const { client } = createClient(url);
    await client.put('/', { headers: { 'Content-Length': '5' }, body: 'vier€'.slice(2) });
    await client.put('/', { headers: { 'content-length': '0' } });
    expect(seen.map(({ headers }) => headers['content-length'])).toEqual(['5', '0']);
  });

  it('names all that contradicts itself', async () => {
    const options = { json: {}, form: {}, body: '' } as never;
    const refused = createClient('http://127.0.0.1').client.post('/', options);
    await expect(refused).rejects.toThrow('a request has json and form and body');
  });

  it.each([
    ['a length of the class that is not its own', { 'content-length': '3' }, { body: 'four' }],
    [
      'a body of another length than it said',
      {},
      { headers: { 'content-length': '3' }, body: chunk('four') },
    ],
  ])('that cannot be written fails with the reason and without a retry: %s', async (_, headers, options) => {
    const { url, seen } = await startServer();
    const { client, recording } = createClient(url, { headers });
    await client.get('/');
    const response = await client.put('/', options);
    expect(response).toMatchObject({
      status: 0,
      error: { kind: 'other', code: expect.stringContaining('CONTENT_LENGTH_MISMATCH') },
    });
    expect(seen).toHaveLength(1);
    expect(recording.total()).toMatchObject({ started: 2, ok: 1, connectionError: 1 });
    expect(recording.total().retried).toBeUndefined();
  });
});

describe('what is measured', () => {
  it('is the time from the call to the end of the body', async () => {
    const { url } = await startServer((_, response) => {
      response.write('first');
      setImmediate(() => response.end('last'));
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/');
    const [interval] = (recording.finish(), recording.intervals.slice(-1));
    const latency = interval?.statistics.entries[0]?.latency;
    expect(latency).toMatchObject({ count: 1, sumUs: Math.round(response.durationMs * 1_000) });
    expect(response.durationMs).toBeGreaterThan(0);
    expect(recording.total().bytesReceived).toBe('firstlast'.length);
  });

  it('takes the status for the verdict: below 400 is success', async () => {
    const { url } = await startServer((request, response) => {
      response.writeHead(Number(request.url.slice(1)), { location: '/elsewhere' }).end();
    });
    const { client, recording } = createClient(url);
    const statuses = [200, 201, 204, 302, 304, 399, 400, 404, 500, 503, 599];
    const ok = [];
    for (const status of statuses)
      ok.push((await client.get(`/${status}`, { name: '/', maxRedirects: 0 })).ok);
    expect(ok).toEqual(statuses.map((status) => status < 300));
    expect(recording.total()).toMatchObject({ started: 11, ok: 6, httpError: 5 });
    expect(recording.failures()).toEqual({
      'HTTP 400 Bad Request': 1,
      'HTTP 404 Not Found': 1,
      'HTTP 500 Internal Server Error': 1,
      'HTTP 503 Service Unavailable': 1,
      'HTTP 599 unknown': 1,
    });
  });

  it('shortens what a target makes up as the reason', async () => {
    const { url } = await startServer((_, response) => response.writeHead(500, 'x'.repeat(5_000)).end());
    const { client, recording } = createClient(url);
    await client.get('/');
    expect(Object.keys(recording.failures()).map((reason) => reason.length)).toEqual([1_000]);
  });
});
