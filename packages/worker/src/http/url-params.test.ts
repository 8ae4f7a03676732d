import type { RequestOptions } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createClient, startServer } from './test-server.case.ts';

describe('a URL with params', () => {
  it('is one entry for all their values', async () => {
    const { url, seen } = await startServer();
    const { client, recording } = createClient(`${url}/api`);
    for (const id of [7, 'a b', 'ä/?#%', true]) {
      await client.get('/users/{id}/posts/{post-id}', { params: { id, 'post-id': 1 }, query: { page: 1 } });
    }
    expect(seen.map((request) => request.url)).toEqual([
      '/api/users/7/posts/1?page=1',
      '/api/users/a%20b/posts/1?page=1',
      '/api/users/%C3%A4%2F%3F%23%25/posts/1?page=1',
      '/api/users/true/posts/1?page=1',
    ]);
    expect(Object.keys(recording.counts())).toEqual(['GET /api/users/{id}/posts/{post-id}']);
  });

  it('may have one of them several times, in its query, and a name of its own', async () => {
    const { url, seen } = await startServer();
    const { client, recording } = createClient(url);
    await client.get('/{a}/{a}?x={b}', { params: { a: 1, b: '&' } });
    await client.get('/{a}', { params: { a: 2 }, name: 'mine' });
    expect(seen.map((request) => request.url)).toEqual(['/1/1?x=%26', '/2']);
    expect(Object.keys(recording.counts())).toEqual(['GET /{a}/{a}', 'GET mine']);
  });

  it('may be absolute, with one of them in the host', async () => {
    const { url, seen } = await startServer();
    const { client, recording } = createClient();
    const { port } = new URL(url);
    await client.get(`http://{host}:${port}/{id}`, { params: { host: '127.0.0.1', id: 5 } });
    expect(seen[0]?.url).toBe('/5');
    expect(Object.keys(recording.counts())).toEqual([`GET http://{host}:${port}/{id}`]);
  });

  it('is taken as it is where there are none', async () => {
    const { url, seen } = await startServer();
    await createClient(url).client.get('/users/{id}');
    expect(seen[0]?.url).toBe('/users/%7Bid%7D');
  });

  it.each<[string, RequestOptions['params'], string]>([
    ['/users/{id}', {}, '"/users/{id}" has no value for {id}'],
    ['/users/{id}', { id: undefined as never }, '"/users/{id}" has no value for {id}'],
    ['/users/{toString}', {}, '"/users/{toString}" has no value for {toString}'],
    ['/users', { id: 1 }, '"/users" has a value but no place for {id}'],
    ['/{a}/{b}', { b: 1, c: 2 }, '"/{a}/{b}" has no value for {a} and a value but no place for {c}'],
    ['/users/{id}', { id: '..' }, '"/users/{id}" has only dots for {id}'],
  ])('is refused where names and values differ: %s with %j', async (path, params, message) => {
    const { client, recording } = createClient('http://127.0.0.1');
    const options = { params } as RequestOptions;
    await expect(client.get(path, options)).rejects.toMatchObject({ code: 'REQUEST_INVALID', message });
    expect(recording.counts()).toEqual({});
  });
});
