import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { StopRun, StopUser, type StreamedResponse } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import type { EndedRequest } from '../events/request-emitter.ts';
import { createClient, startRawServer, startServer } from './test-server.case.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

async function readAll(response: StreamedResponse): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Writes as fast as the client takes it, for ever. */
function writeForEver(response: ServerResponse): void {
  const chunk = Buffer.alloc(16 * KIB);
  const write = (): void => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', write);
  write();
}

function closing(socket: Socket | undefined): Promise<void> {
  return new Promise((resolve) => void socket?.once('close', () => resolve()));
}

describe('a streamed response', () => {
  it('comes with its headers, and its request ends with its body', async () => {
    let end = (): void => {};
    const { url } = await startServer((_, response) => {
      response.writeHead(201, { 'x-a': '1' }).write('first ');
      end = () => response.end('last');
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true });
    expect([response.status, response.ok, response.url]).toEqual([201, true, `${url}/`]);
    expect([response.headers.get('x-a'), response.error, response.history]).toEqual(['1', undefined, []]);
    expect(response.firstByteMs).toBeGreaterThan(0);
    expect(client.completed).toBe(0);
    const chunks: string[] = [];
    for await (const chunk of response.body) {
      chunks.push(Buffer.from(chunk).toString());
      end();
    }
    expect([chunks.join(''), client.completed]).toEqual(['first last', 1]);
    expect(recording.total()).toEqual({ started: 1, ok: 1, bytesReceived: 10 });
  });

  it('is measured to the end of its body', async () => {
    const { url } = await startServer((_, response) => {
      response.write('first');
      setTimeout(() => response.end('last'), 30);
    });
    const { client, recording } = createClient(url);
    await readAll(await client.get('/', { stream: true }));
    const [interval] = (recording.finish(), recording.intervals.slice(-1));
    expect(interval?.statistics.entries[0]?.latency?.sumUs).toBeGreaterThan(25_000);
  });

  it('may be larger than what is kept of others, and the connection goes on', async () => {
    const { url, sockets } = await startServer((_, response) => response.end(Buffer.alloc(20 * MIB, 'x')));
    const { client, recording } = createClient(url);
    for (let i = 0; i < 2; i++) {
      let bytes = 0;
      for await (const chunk of (await client.get('/', { stream: true })).body) bytes += chunk.length;
      expect(bytes).toBe(20 * MIB);
    }
    expect(sockets).toHaveLength(1);
    expect(recording.total()).toEqual({ started: 2, ok: 2, bytesReceived: 40 * MIB });
  });

  it('holds its server back where its reader is slow', async () => {
    let written = 0;
    const { url, sockets } = await startRawServer((socket) => {
      socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${256 * MIB}\r\n\r\n`);
      const chunk = Buffer.alloc(64 * KIB);
      const write = (): void => {
        while (socket.write(chunk));
      };
      socket.on('drain', write);
      write();
    });
    const { client } = createClient(url);
    const response = await client.get('/', { stream: true });
    const [socket] = sockets;
    do {
      written = socket?.bytesWritten ?? 0;
      for (let i = 0; i < 50; i++) await turn();
    } while (socket?.bytesWritten !== written);
    // What the two ends of a socket hold is beyond us.
    expect(written).toBeLessThan(32 * MIB);
    const reader = response.body[Symbol.asyncIterator]();
    let read = 0;
    while (read < 64 * MIB) read += (await reader.next()).value?.length ?? 0;
    expect(socket?.bytesWritten).toBeGreaterThan(written);
    await reader.return?.();
  });

  it.each<[string, Uint8Array]>([
    ['gzip', gzipSync('Zoë')],
    ['deflate', deflateSync('Zoë')],
    ['deflate', deflateRawSync('Zoë')],
    ['br', brotliCompressSync('Zoë')],
    ['br, gzip', gzipSync(brotliCompressSync('Zoë'))],
    ['gzip', Buffer.alloc(0)],
  ])('is unpacked: %s', async (encoding, packed) => {
    const { url } = await startServer((_, response) => {
      response.setHeader('content-encoding', encoding).write(packed.subarray(0, 3));
      setImmediate(() => response.end(packed.subarray(3)));
    });
    const { client, recording } = createClient(url);
    const body = await readAll(await client.get('/', { stream: true }));
    expect(body.toString()).toBe(packed.length > 0 ? 'Zoë' : '');
    if (packed.length > 0) expect(recording.total().bytesReceived).toBe(packed.length);
  });

  it('throws where it cannot be unpacked', async () => {
    const { url } = await startServer((_, response) =>
      response.setHeader('content-encoding', 'gzip').end('plain text'),
    );
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true });
    await expect(readAll(response)).rejects.toThrow('the body is no valid gzip: incorrect header check');
    expect(recording.total()).toMatchObject({ started: 1, ok: 1 });
  });

  it('can be gone through once', async () => {
    const { url } = await startServer();
    const response = await createClient(url).client.get('/', { stream: true });
    await readAll(response);
    await expect(readAll(response)).rejects.toThrow('the body was read already');
  });

  it('follows redirects first, with their cookies', async () => {
    const { url, seen } = await startServer((request, response) => {
      if (request.url === '/end') response.end('end');
      else response.writeHead(302, { location: '/end', 'set-cookie': 'a=1' }).end('moved');
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true });
    expect([response.status, response.history.length, (await readAll(response)).toString()]).toEqual([
      200,
      1,
      'end',
    ]);
    expect(seen[1]?.headers.cookie).toBe('a=1');
    expect(recording.total()).toEqual({ started: 1, ok: 1, bytesReceived: 8 });
  });

  it('keeps its cookies as soon as it comes', async () => {
    const { url, seen } = await startServer((request, response) => {
      if (request.url === '/') response.setHeader('set-cookie', 'a=1').write('first');
      else response.end();
    });
    const { client } = createClient(url);
    const response = await client.get('/', { stream: true });
    await client.get('/next');
    expect(seen[1]?.headers.cookie).toBe('a=1');
    response.discard();
  });
});

describe('the check of a streamed response', () => {
  it('sees the headers, and the request is counted when the body has ended', async () => {
    const { url } = await startServer((_, response) => response.writeHead(500, { 'x-a': '1' }).end('body'));
    const { client, recording } = createClient(url);
    const seen: unknown[] = [];
    for (const verdict of [true, 'no', undefined]) {
      const response = await client.get('/', {
        stream: true,
        check: (head) => {
          seen.push(head.status, head.headers.get('x-a'), 'text' in head);
          return verdict;
        },
      });
      await readAll(response);
    }
    expect(seen.slice(0, 3)).toEqual([500, '1', false]);
    expect(recording.total()).toMatchObject({ started: 3, ok: 1, checkFailed: 1, httpError: 1 });
  });

  it('may end the task: the caller gets what it throws, or the reader where it comes later', async () => {
    const { url, sockets } = await startServer((_, response) => response.write('first'));
    const { client, recording } = createClient(url);
    const thrown = new StopRun('sold out');
    const refuse = (): never => {
      throw thrown;
    };
    await expect(client.get('/', { stream: true, check: refuse })).rejects.toBe(thrown);
    const response = await client.get('/', { stream: true, check: async () => refuse() });
    await expect(readAll(response)).rejects.toBe(thrown);
    expect(recording.total()).toMatchObject({ started: 2, ok: 2 });
    for (const socket of sockets) if (!socket.closed) await closing(socket);
  });

  it('may take its time, the request being counted after it', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true, check: async (head) => head.failure('late') });
    await readAll(response);
    await turn();
    expect(recording.failures()).toEqual({ late: 1 });
  });
});

describe('a body that is not read to its end', () => {
  it('ends its request, and its connection goes on where the rest is short', async () => {
    const used: unknown[] = [];
    const { url } = await startServer((_, response) => {
      used.push(response.socket);
      response.write('first');
      setImmediate(() => response.end(Buffer.alloc(32 * KIB)));
    });
    const { client, recording } = createClient(url);
    for await (const _ of (await client.get('/', { stream: true })).body) break;
    expect(client.completed).toBe(1);
    do await client.get('/');
    while (used.at(-1) !== used[0]);
    expect(recording.total().ok).toBe(used.length);
  });

  it('is told to listeners with its bytes, and its body is kept nowhere', async () => {
    const { url } = await startServer((_, response) => writeForEver(response));
    const ended: EndedRequest[] = [];
    const { client } = createClient(url, {}, undefined, (request) => void ended.push(request));
    const response = await client.get('/', { stream: true });
    for await (const _ of response.body) break;
    expect(ended).toMatchObject([{ outcome: 'ok', status: 200 }]);
    expect(ended[0]?.response?.bytesSent).toBeGreaterThan(0);
    expect(() => ended[0]?.response?.text()).toThrow('the body was streamed, and not kept');
  });

  it('closes its connection where the rest is long', async () => {
    const { url, sockets } = await startServer((_, response) => writeForEver(response));
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true });
    const closed = closing(sockets[0]);
    for await (const _ of response.body) break;
    await closed;
    expect(response.error).toBeUndefined();
    expect(recording.total()).toMatchObject({ started: 1, ok: 1 });
  });

  it('does not end otherwise because its connection is closed while its check is still at work', async () => {
    const { url, sockets } = await startServer((_, response) => writeForEver(response));
    const { client, recording } = createClient(url);
    const verdicts: ((reason: string) => void)[] = [];
    const check = (): Promise<string> => new Promise((resolve) => void verdicts.push(resolve));
    const response = await client.get('/', { stream: true, check });
    const closed = closing(sockets[0]);
    response.discard();
    await closed;
    verdicts[0]?.('late');
    await turn();
    expect(recording.failures()).toEqual({ late: 1 });
  });

  it('closes its connection where the rest does not come', async () => {
    const { url, sockets } = await startServer((_, response) => response.write('event'));
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true });
    const closed = closing(sockets[0]);
    response.discard();
    await closed;
    expect(recording.total()).toMatchObject({ started: 1, ok: 1 });
  });

  it('is discarded at the end of the iteration where nobody has begun to read it', async () => {
    const { url, sockets } = await startServer((_, response) => writeForEver(response));
    const { client, recording } = createClient(url);
    const unread = await client.get('/', { stream: true });
    const reading = await client.get('/', { stream: true });
    const reader = reading.body[Symbol.asyncIterator]();
    await reader.next();
    const closed = closing(sockets[0]);
    client.discardUnread();
    expect(client.completed).toBe(1);
    await closed;
    await expect(readAll(unread)).rejects.toThrow('the body was discarded: read it before the task ends');
    expect((await reader.next()).done).toBe(false);
    await reader.return?.();
    expect(recording.total()).toMatchObject({ started: 2, ok: 2 });
  });
});

describe('a streamed response that fails', () => {
  it('before its headers has status 0, an error and no body', async () => {
    const { url } = await startServer((_, response) => response.destroy());
    const { client, recording } = createClient(url);
    const response = await client.post('/', { stream: true });
    expect([response.status, response.error?.kind, (await readAll(response)).length]).toEqual([
      0,
      'reset',
      0,
    ]);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
  });

  it.each(['identity', 'gzip'])('amid its body ends early, and says why (%s)', async (encoding) => {
    const { url } = await startServer((_, response) => {
      response.setHeader('content-encoding', encoding).write(gzipSync('x'.repeat(100)).subarray(0, 15));
      setTimeout(() => response.destroy(), 10);
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true });
    await readAll(response);
    expect([response.status, response.error?.kind]).toEqual([200, 'reset']);
    expect(recording.total()).toMatchObject({ started: 1, connectionError: 1 });
  });

  it('at the end of the run rejects its reader with StopUser', async () => {
    const { url } = await startServer((_, response) => response.write('first'));
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true });
    const read = readAll(response);
    client.close();
    await expect(read).rejects.toBeInstanceOf(StopUser);
    expect(recording.total()).toMatchObject({ started: 1, aborted: 1 });
  });

  it('at the end of the run rejects its call with StopUser where there were no headers yet', async () => {
    const { url, seen } = await startServer(() => {});
    const { client } = createClient(url);
    const call = client.get('/', { stream: true });
    while (seen.length === 0) await turn();
    client.close();
    await expect(call).rejects.toBeInstanceOf(StopUser);
  });

  it('has its timeout for all of it', async () => {
    const { url } = await startServer((_, response) => response.write('first'));
    const { client, recording } = createClient(url);
    const response = await client.get('/', { stream: true, timeout: '50ms' });
    expect((await readAll(response)).toString()).toBe('first');
    expect(response.error?.kind).toBe('timeout');
    expect(recording.total()).toMatchObject({ started: 1, timeout: 1 });
  });
});
