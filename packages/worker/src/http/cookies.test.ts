import { describe, expect, it } from 'vitest';
import { createClient, startServer, type TestServer } from './test-server.case.ts';

/** Sets the cookies that the query asks for: `/login?set=a=1`. */
function startCookieServer(): Promise<TestServer> {
  return startServer((request, response) => {
    const { searchParams } = new URL(request.url, 'http://x');
    const location = searchParams.get('to');
    response.setHeader('set-cookie', searchParams.getAll('set'));
    response.writeHead(location === null ? 200 : 302, location === null ? {} : { location }).end();
  });
}

const set = (...cookies: string[]): string =>
  `/login?${cookies.map((cookie) => `set=${encodeURIComponent(cookie)}`).join('&')}`;

describe('a cookie that a server sets', () => {
  it('is sent back from then on, by this user only', async () => {
    const { url, seen } = await startCookieServer();
    const [{ client }, other] = [createClient(url), createClient(url).client];
    for (const path of ['/', set('a=1; HttpOnly', 'b=x y; Path=/'), '/next']) await client.get(path);
    await other.get('/');
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([
      undefined,
      undefined,
      'a=1; b=x y',
      undefined,
    ]);
  });

  it('goes with a redirect, whose hops may set cookies too', async () => {
    const { url, seen } = await startCookieServer();
    await createClient(url).client.get(
      `${set('sid=1')}&to=${encodeURIComponent(`${set('sid=2', 'b=3')}&to=/end`)}`,
    );
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, 'sid=1', 'sid=2; b=3']);
  });

  it.each([
    ['with another path', 'a=1; Path=/other'],
    ['that has expired', 'a=1; Max-Age=0'],
    ['of another domain', 'a=1; Domain=example.com'],
    ['of a whole top-level domain', 'a=1; Domain=com'],
    ['without a name and value', ''],
  ])('is not sent to where it does not belong: %s', async (_, cookie) => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient(url);
    for (const path of [set(cookie), '/next']) await client.get(path);
    expect(seen[1]?.headers.cookie).toBeUndefined();
  });

  it('is forgotten when the server says so', async () => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient(url);
    for (const path of [set('a=1'), set('a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'), '/next'])
      await client.get(path);
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, 'a=1', undefined]);
  });

  it('of one host is not sent to another', async () => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient(url);
    await client.get(set('a=1'));
    await client.get(`${url.replace('127.0.0.1', 'localhost')}/`);
    expect(seen.map(({ headers }) => headers.cookie)).toEqual([undefined, undefined]);
  });

  it('works for localhost as well, where Secure ones need no TLS', async () => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient(url.replace('127.0.0.1', 'localhost'));
    for (const path of [set('a=1; Secure'), '/']) await client.get(path);
    expect(seen[1]?.headers.cookie).toBe('a=1');
  });

  it('joins those that the request has itself', async () => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient(url);
    await client.get(set('a=1'));
    await client.get('/', { headers: { Cookie: 'own=2', 'x-a': 'cookie' } });
    expect(seen[1]?.headers).toMatchObject({ cookie: 'own=2; a=1', 'x-a': 'cookie' });
  });

  it('is neither kept nor sent with cookies: false', async () => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient(url, { cookies: false });
    for (const path of [set('a=1'), '/next']) await client.get(path);
    expect(seen[1]?.headers.cookie).toBeUndefined();
    expect(() => client.cookies).toThrow('cookies are switched off');
  });
});

describe('the cookies of a client', () => {
  it('can be read, set and cleared by a script', async () => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient(url);
    await client.get(set('sid=secret; HttpOnly; Path=/', 'deep=1; Path=/admin'));
    expect([client.cookies.get('sid'), client.cookies.get('none')]).toEqual(['secret', undefined]);
    expect([client.cookies.get('deep'), client.cookies.get('deep', '/admin')]).toEqual([undefined, '1']);
    client.cookies.set('consent', 'yes');
    await client.get('/a/b');
    client.cookies.clear();
    await client.get('/');
    expect(seen.slice(1).map(({ headers }) => headers.cookie)).toEqual([
      'sid=secret; consent=yes',
      undefined,
    ]);
  });

  it('can be set for another host', async () => {
    const { url, seen } = await startCookieServer();
    const { client } = createClient();
    client.cookies.set('a', '1', url);
    await client.get(`${url}/x`);
    expect(seen[0]?.headers.cookie).toBe('a=1');
    expect(() => client.cookies.set('a', '1')).toThrow(expect.objectContaining({ code: 'HOST_MISSING' }));
  });

  it.each([
    ['', 'x'],
    ['a=b', 'x'],
    ['a', 'x; Domain=y'],
    ['a', 'line\nbreak'],
    ['a b', 'x'],
  ])('are refused where they cannot be sent: %j with %j', (name, value) => {
    const { client } = createClient('http://127.0.0.1');
    expect(() => client.cookies.set(name, value)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' }),
    );
  });
});
