import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createClient, startServer, type TestServer } from './test-server.case.ts';

const MIB = 1024 * 1024;
const TEXT = '{"name":"Zoë"}'.repeat(3);

function startPackedServer(encoding: string, packed: Uint8Array): Promise<TestServer> {
  return startServer((_, response) => response.setHeader('content-encoding', encoding).end(packed));
}

describe('a packed body', () => {
  it('is asked for, unless the script does otherwise', async () => {
    const { url, seen } = await startServer();
    const { client } = createClient(url);
    await client.get('/');
    await client.get('/', { headers: { 'Accept-Encoding': 'identity' } });
    expect(seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip, deflate, br', 'identity']);
  });

  it.each<[string, Uint8Array]>([
    ['gzip', gzipSync(TEXT)],
    ['x-gzip', gzipSync(TEXT)],
    ['GZip', gzipSync(TEXT)],
    ['deflate', deflateSync(TEXT)],
    ['deflate', deflateRawSync(TEXT)],
    ['br', brotliCompressSync(TEXT)],
    ['br, gzip', gzipSync(brotliCompressSync(TEXT))],
    ['identity, gzip', gzipSync(TEXT)],
    ['identity', Buffer.from(TEXT)],
  ])('is unpacked where it is read: %s', async (encoding, packed) => {
    const { url } = await startPackedServer(encoding, packed);
    const { client, recording } = createClient(url);
    const response = await client.get('/');
    expect([response.text(), response.text()]).toEqual([TEXT, TEXT]);
    expect(Buffer.from(response.bytes()).toString()).toBe(TEXT);
    // What came over the wire.
    expect(recording.total().bytesReceived).toBe(packed.length);
  });

  it.each(['zstd', 'zstd, gzip', 'constructor'])(
    'in an encoding that was not asked for stays: %s',
    async (encoding) => {
      const { url } = await startPackedServer(encoding, Buffer.from('?'));
      expect((await createClient(url).client.get('/')).text()).toBe('?');
    },
  );

  it('may be empty, as the one of a HEAD request is', async () => {
    const { url } = await startPackedServer('gzip', Buffer.alloc(0));
    const { client } = createClient(url);
    expect([(await client.head('/')).text(), (await client.get('/')).text()]).toEqual(['', '']);
  });

  it.each<[string, string, Uint8Array]>([
    ['gzip', 'cut off', gzipSync(TEXT).subarray(0, 20)],
    ['gzip', 'none at all', Buffer.from('plain text')],
    ['deflate', 'none at all', Buffer.from('plain text')],
    ['br', 'cut off', brotliCompressSync(TEXT).subarray(0, 9)],
  ])('that is broken (%s, %s) fails the check that reads it', async (encoding, _, packed) => {
    const { url } = await startPackedServer(encoding, packed);
    const { client, recording } = createClient(url);
    const response = await client.get('/', { check: (res) => void res.text() });
    for (const read of ['bytes', 'text', 'json'] as const) {
      expect(() => response[read]()).toThrow(`the body is no valid ${encoding}: `);
    }
    expect(recording.total()).toMatchObject({ started: 1, checkFailed: 1 });
  });

  it('that nobody reads is not even looked at', async () => {
    const { url } = await startPackedServer('gzip', Buffer.from('plain text'));
    const { client, recording } = createClient(url);
    await client.get('/');
    expect(recording.total()).toMatchObject({ ok: 1 });
  });

  it('is unpacked up to 10 MiB', async () => {
    const { url } = await startServer((request, response) => {
      const length = 10 * MIB + Number(request.url.slice(1));
      response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(length)));
    });
    const { client } = createClient(url);
    expect((await client.get('/0')).bytes()).toHaveLength(10 * MIB);
    const bomb = await client.get('/1');
    expect(() => bomb.bytes()).toThrow('the body was not unpacked: the limit is 10 MiB');
  });
});
