import { describe, expect, it } from 'vitest';
import { createClient, startRawServer, startServer } from './test-server.case.ts';

const MIB = 1024 * 1024;

describe('the headers of a response', () => {
  it('are found by any spelling of their name', async () => {
    const { url } = await startServer((_, response) => response.setHeader('X-Request-Id', 'a1').end());
    const { headers } = await createClient(url).client.get('/');
    expect([headers.get('x-request-id'), headers.get('X-REQUEST-ID'), headers.has('X-Request-id')]).toEqual([
      'a1',
      'a1',
      true,
    ]);
    expect([headers.get('x-missing'), headers.has('x-missing')]).toEqual([null, false]);
  });

  it('can be gone through, several of one name as one', async () => {
    const { url } = await startRawServer((socket) => {
      socket.write(
        'HTTP/1.1 200 OK\r\nSet-Cookie: a=1\r\nX-Two:  b \r\nset-cookie: b=2\r\nContent-Length: 0\r\n\r\n',
      );
    });
    const { headers } = await createClient(url).client.get('/');
    expect([...headers]).toEqual([
      ['set-cookie', 'a=1, b=2'],
      ['x-two', 'b'],
      ['content-length', '0'],
    ]);
  });
});

describe('the body of a response', () => {
  it('can be read as text, JSON and bytes, as often as one likes, without waiting', async () => {
    const { url } = await startServer((_, response) => response.end('{"name":"Zoë"}'));
    const response = await createClient(url).client.get('/');
    expect([response.text(), response.text()]).toEqual(['{"name":"Zoë"}', '{"name":"Zoë"}']);
    expect(response.json<{ name: string }>().name).toBe('Zoë');
    expect(Buffer.from(response.bytes()).toString()).toBe('{"name":"Zoë"}');
    expect(await response.json()).toEqual({ name: 'Zoë' });
  });

  it('is put together from all its chunks', async () => {
    const parts: Buffer[] = ['eins ', 'zw', 'ei ä'].map((text) => Buffer.from(text));
    const { url } = await startServer((_, response) => {
      // The last letter comes in two chunks.
      const [last] = parts.splice(2, 1) as [Buffer];
      parts.push(last.subarray(0, -1), last.subarray(-1));
      const next = (): void => {
        const part = parts.shift();
        if (part) response.write(part, () => setImmediate(next));
        else response.end();
      };
      next();
    });
    const response = await createClient(url).client.get('/');
    expect(response.text()).toBe('eins zwei ä');
  });

  it('that is no JSON throws where it is read as JSON', async () => {
    const { url } = await startServer((_, response) => response.end('<html>'));
    const response = await createClient(url).client.get('/');
    expect(() => response.json()).toThrow(SyntaxError);
  });

  it.each([
    ['HEAD', 200, 'connection: keep-alive\r\ncontent-length: 1000\r\n'],
    ['GET', 204, ''],
    ['GET', 304, ''],
    ['GET', 200, 'content-length: 0\r\n'],
  ] as const)('is empty for %s and status %i, and the connection goes on', async (method, status, header) => {
    const { url, sockets } = await startRawServer((socket) =>
      socket.write(`HTTP/1.1 ${status} X\r\n${header}\r\n`),
    );
    const { client } = createClient(url);
    for (let i = 0; i < 3; i++) {
      const response = await client.request(method, '/');
      expect([response.status, response.text(), response.bytes().length]).toEqual([status, '', 0]);
    }
    expect(sockets).toHaveLength(1);
  });

  it('is empty for status 304 also where the length of what was not modified is given', async () => {
    const { url } = await startRawServer((socket) =>
      socket.write('HTTP/1.1 304 X\r\ncontent-length: 1000\r\n\r\n'),
    );
    const { client, recording } = createClient(url);
    for (let i = 0; i < 3; i++) expect((await client.get('/')).status).toBe(304);
    expect(recording.total()).toEqual({ started: 3, ok: 3 });
  });

  it('up to 10 MiB is kept', async () => {
    const { url } = await startServer((_, response) => response.end(Buffer.alloc(10 * MIB, 'x')));
    const response = await createClient(url).client.get('/');
    expect(response.bytes()).toHaveLength(10 * MIB);
  });

  it('above 10 MiB is counted and not kept', async () => {
    const { url } = await startServer((_, response) => response.end(Buffer.alloc(10 * MIB + 1, 'x')));
    const { client, recording } = createClient(url);
    const response = await client.get('/');
    expect([response.status, response.ok]).toEqual([200, true]);
    for (const read of ['bytes', 'text', 'json'] as const) {
      expect(() => response[read]()).toThrow('the body of 10485761 bytes was not kept: the limit is 10 MiB');
    }
    expect(recording.total()).toMatchObject({ ok: 1, bytesReceived: 10 * MIB + 1 });
  });
});

describe('an informational response', () => {
  it('is passed over: the final one counts', async () => {
    const { url } = await startRawServer((socket) => {
      socket.write('HTTP/1.1 103 Early Hints\r\nlink: </a.css>\r\n\r\n');
      socket.write('HTTP/1.1 102 Processing\r\n\r\n');
      setImmediate(() => socket.write('HTTP/1.1 201 Created\r\nx-final: yes\r\ncontent-length: 2\r\n\r\nok'));
    });
    const { client, recording } = createClient(url);
    const response = await client.get('/');
    expect([response.status, response.text(), [...response.headers][0]]).toEqual([
      201,
      'ok',
      ['x-final', 'yes'],
    ]);
    expect(recording.total()).toMatchObject({ started: 1, ok: 1 });
  });
});
