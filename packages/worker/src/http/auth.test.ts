import type { HttpAuth } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createClient, startServer } from './test-server.case.ts';

const basic = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;

describe('authentication', () => {
  it.each<[string, HttpAuth, string]>([
    ['a name and a password', { username: 'zoë', password: 'a:b' }, basic('zoë:a:b')],
    ['a token', { bearer: 'abc.def' }, 'Bearer abc.def'],
  ])('is sent with %s', async (_, auth, header) => {
    const { url, seen } = await startServer();
    await createClient(url).client.get('/', { auth });
    await createClient(url, { auth }).client.get('/');
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([header, header]);
  });

  it('comes from the request first, its own header before all', async () => {
    const { url, seen } = await startServer();
    const withUser = url.replace('//', '//url:1@');
    const { client } = createClient(withUser, { auth: { bearer: 'class' } });
    await client.get('/', { auth: { bearer: 'request' }, headers: { Authorization: 'own' } });
    await client.get('/', { auth: { bearer: 'request' } });
    await client.get('/');
    await client.get(`${url}/`);
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      'own',
      'Bearer request',
      basic('url:1'),
      'Bearer class',
    ]);
  });

  it.each([
    ['user:pass@', 'user:pass'],
    ['user@', 'user:'],
    ['us%40er:p%3Ass%2F@', 'us@er:p:ss/'],
    ['user:100%@', 'user:100%'],
  ])('may be part of the host or of a URL, and is never shown: %s', async (part, credentials) => {
    const { url, seen } = await startServer();
    const withUser = url.replace('//', `//${part}`);
    const { client, recording } = createClient(withUser);
    const responses = [await client.get('/a'), await client.get(`${withUser}/b`)];
    expect(seen.map(({ headers }) => headers.authorization)).toEqual([
      basic(credentials),
      basic(credentials),
    ]);
    expect(responses.map((response) => response.url)).toEqual([`${url}/a`, `${url}/b`]);
    expect(Object.keys(recording.counts())).toEqual(['GET /a', `GET ${url}/b`]);
  });

  it('may be part of a location, and stays away from other origins', async () => {
    const other = await startServer();
    const { url, seen } = await startServer((request, response) => {
      const location = request.url === '/' ? url.replace('//', '//new:2@').concat('/next') : other.url;
      response.writeHead(302, { location }).end();
    });
    const response = await createClient(url, { auth: { bearer: 'x' } }).client.get('/');
    expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer x', basic('new:2')]);
    expect(other.seen[0]?.headers.authorization).toBeUndefined();
    expect(response.history[1]?.url).toBe(`${url}/next`);
  });

  it('is not shown where the URL is wrong either', async () => {
    const refused = createClient('ftp://user:secret@host').client.get('/');
    await expect(refused).rejects.toThrow('"ftp://***@host/" is not an HTTP URL');
  });

  it.each([{}, { username: 'a' }, { bearer: 5 }, { bearer: 'a\nsecret' }])(
    'that is none is refused, without a word of it: %j',
    async (auth) => {
      const { client } = createClient('http://127.0.0.1');
      const problem = await client.get('/', { auth: auth as never }).catch((error: unknown) => error);
      expect(problem).toMatchObject({
        code: 'REQUEST_INVALID',
        message: expect.not.stringContaining('secret'),
      });
    },
  );
});
