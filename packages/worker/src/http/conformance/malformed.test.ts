import { describe, expect, it } from 'vitest';
import { createClient, startRawServer } from '../test-server.case.ts';

const HEAD = 'HTTP/1.1 200 OK\r\n';
const CHUNKED = `${HEAD}transfer-encoding: chunked\r\n\r\n`;

describe('a response that is not HTTP', () => {
  it.each([
    ['no HTTP at all', 'SSH-2.0-OpenSSH_9.2\r\n\r\n'],
    ['another protocol version', 'HTTP/9.9 200 OK\r\n\r\n'],
    ['a status without a number', 'HTTP/1.1 OK\r\n\r\n'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n'],
    ['a header without a colon', `${HEAD}nonsense\r\n\r\n`],
    ['a space before the colon', `${HEAD}x-a : b\r\n\r\n`],
    ['a zero byte in a header', `${HEAD}x-a: \0\r\n\r\n`],
    ['a length that is no number', `${HEAD}content-length: many\r\n\r\n`],
    ['a negative length', `${HEAD}content-length: -1\r\n\r\n`],
    ['two lengths', `${HEAD}content-length: 1\r\ncontent-length: 2\r\n\r\nab`],
    ['a length and chunks', `${HEAD}content-length: 1\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a chunk without a size', `${CHUNKED}xyz\r\n`],
    ['a chunk longer than it says', `${CHUNKED}1\r\nab\r\n0\r\n\r\n`],
    ['a chunk of a size beyond all numbers', `${CHUNKED}${'f'.repeat(20)}\r\n`],
    ['headers without end', `${HEAD}${'x-a: b\r\n'.repeat(20_000)}\r\n`],
    ['one header without end', `${HEAD}x-a: ${'b'.repeat(200_000)}\r\n\r\n`],
  ])('fails the request as malformed, once: %s', async (_, text) => {
    let requests = 0;
    const { url } = await startRawServer((socket) => {
      requests++;
      socket.write(text);
    });
    const { client, recording } = createClient(url, { timeout: 5 });
    const { status, error } = await client.get('/');
    expect([status, error?.kind, requests]).toEqual([0, 'protocol', 1]);
    expect(recording.total()).toMatchObject({ started: 1, connectionError: 1 });
  });

  it('does not reach into the next request', async () => {
    const { url, sockets } = await startRawServer((socket, text) => {
      if (text.includes('/bad')) socket.write(`${HEAD}content-length: 2\r\n\r\nokHTTP/1.1 500 Evil\r\n\r\n`);
      else socket.write(`${HEAD}content-length: 4\r\n\r\ngood`);
    });
    const { client, recording } = createClient(url);
    expect((await client.get('/bad')).text()).toBe('ok');
    expect((await client.get('/good')).text()).toBe('good');
    expect(sockets).toHaveLength(2);
    expect(recording.total()).toMatchObject({ started: 2, ok: 2 });
  });
});
