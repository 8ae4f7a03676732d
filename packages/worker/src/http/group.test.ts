import { describe, expect, it } from 'vitest';
import { createClient, startServer } from './test-server.case.ts';

describe('a group', () => {
  it('counts its requests under its name, those with a name of their own under that', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    const result = await client.group('checkout', async (grouped) => {
      await grouped.get('/cart');
      await grouped.get('/cart/items/{id}', { params: { id: 1 } });
      await grouped.post('/pay', { name: 'pay' });
      return grouped.post('/done', { json: {} });
    });
    await client.get('/');
    expect(result.status).toBe(200);
    const started = Object.entries(recording.counts()).map(([name, counts]) => [name, counts.started]);
    expect(started).toEqual([
      ['GET checkout', 2],
      ['POST pay', 1],
      ['POST checkout', 1],
      ['GET /', 1],
    ]);
  });

  it('may be inside another one, whose name it has in its place', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    await client.group('outer', async (outer) => {
      await outer.group('inner', (inner) => inner.get('/'));
      await outer.get('/');
    });
    expect(Object.keys(recording.counts())).toEqual(['GET inner', 'GET outer']);
  });

  it('leaves alone what is going on beside it', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    await Promise.all([
      client.group('group', async (grouped) => {
        await grouped.get('/a');
        await grouped.get('/a');
      }),
      client.get('/b').then(() => client.get('/b')),
    ]);
    const started = Object.entries(recording.counts()).map(([name, counts]) => [name, counts.started]);
    expect(started).toEqual([
      ['GET group', 2],
      ['GET /b', 2],
    ]);
  });

  it('rejects as its function does', async () => {
    const { client } = createClient('http://127.0.0.1');
    const thrown = new Error('no');
    const group = client.group('x', () => {
      throw thrown;
    });
    await expect(group).rejects.toBe(thrown);
  });

  it('has the cookies and headers of its user', async () => {
    const { url, seen } = await startServer();
    const { client } = createClient(url);
    await client.group('login', (grouped) => {
      grouped.cookies.set('a', '1');
      grouped.setHeader('x-a', '2');
    });
    await client.get('/');
    expect(seen[0]?.headers).toMatchObject({ cookie: 'a=1', 'x-a': '2' });
  });
});

describe('a header that is set', () => {
  it('is sent from then on, with this user only, until it is taken away', async () => {
    const { url, seen } = await startServer();
    const settings = { headers: { 'x-class': '1' } };
    const { client } = createClient(url, settings);
    await client.get('/');
    client.setHeader('Authorization', 'Bearer 1');
    client.setHeader('X-Class', '2');
    await client.get('/');
    await client.get('/', { headers: { authorization: 'own' } });
    client.setHeader('authorization', undefined);
    client.setHeader('x-class', undefined);
    await client.get('/');
    await createClient(url, settings).client.get('/');
    expect(seen.map(({ headers }) => [headers.authorization, headers['x-class']])).toEqual([
      [undefined, '1'],
      ['Bearer 1', '2'],
      ['own', '2'],
      [undefined, undefined],
      [undefined, '1'],
    ]);
  });

  it('is refused where it cannot be sent', () => {
    const { client } = createClient('http://127.0.0.1');
    const refused = expect.objectContaining({ code: 'REQUEST_INVALID' });
    expect(() => client.setHeader('a b', 'x')).toThrow(refused);
    expect(() => client.setHeader('a', 'x\ny')).toThrow(refused);
  });
});
