import type { HttpTimeouts } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createClient, startRawServer } from '../test-server.case.ts';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n';

/** Sends the start at once, and then a little for ever. */
async function startDrip(start: string, drop: string): Promise<string> {
  const { url } = await startRawServer((socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write(drop), 5);
    onTestFinished(() => clearInterval(timer));
    socket.on('close', () => clearInterval(timer));
  });
  return url;
}

describe('a response that comes drop by drop and never ends', () => {
  it.each<[string, string, string, HttpTimeouts, string]>([
    ['headers', 'HTTP/1.1 200 OK\r\n', 'x-a: b\r\n', { headers: '60ms' }, 'HEADERS_TIMEOUT'],
    ['one header', 'HTTP/1.1 200 OK\r\nx-a: ', 'b', { headers: '60ms', body: 5 }, 'HEADERS_TIMEOUT'],
    ['informational responses', '', 'HTTP/1.1 103 Hint\r\n\r\n', { headers: '60ms' }, 'HEADERS_TIMEOUT'],
    ['a body', HEAD, 'x', { total: '60ms', headers: 5, body: 5 }, 'TIMEOUT'],
    [
      'chunks',
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n',
      '1\r\na\r\n',
      { total: '60ms' },
      'TIMEOUT',
    ],
  ])('is ended by its limit: %s', async (_, start, drop, timeout, code) => {
    const { client, recording } = createClient(await startDrip(start, drop));
    expect((await client.get('/', { timeout })).error?.code).toBe(code);
    expect(recording.total()).toMatchObject({ started: 1, timeout: 1 });
  });
});
