import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { createClient, startRawServer } from '../test-server.case.ts';

const STAGES = [
  ['before the response', ''],
  ['in the status line', 'HTTP/1.1 20'],
  ['after the status line', 'HTTP/1.1 200 OK\r\n'],
  ['in the headers', 'HTTP/1.1 200 OK\r\ncontent-length: 1'],
  ['after an informational response', 'HTTP/1.1 103 Early Hints\r\n\r\n'],
  ['after the headers', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n'],
  ['in the body', 'HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'],
  ['in the size of a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1'],
  ['in a chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n8\r\nhalf'],
  ['before the last chunk', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
  ['in the trailers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\nx-a: b'],
] as const;

const WAYS = [
  ['closed', (socket: Socket, text: string) => void socket.end(text)],
  ['reset', (socket: Socket, text: string) => void socket.write(text, () => socket.resetAndDestroy())],
] as const;

const CASES = STAGES.flatMap(([stage, text]) => WAYS.map(([way, close]) => ({ stage, text, way, close })));

describe('a connection that the server gives up', () => {
  it.each(CASES)('fails the request, once: $way $stage', async ({ text, close }) => {
    let requests = 0;
    const { url } = await startRawServer((socket) => {
      requests++;
      close(socket, text);
    });
    const { client, recording } = createClient(url, { timeout: 5 });
    const { status, error } = await client.get('/');
    expect([status, error?.kind, requests]).toEqual([0, 'reset', 1]);
    expect(recording.total()).toMatchObject({ started: 1, connectionError: 1 });
  });

  it('ends a body that has neither length nor chunks', async () => {
    const { url } = await startRawServer((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\nall of it'));
    const response = await createClient(url).client.get('/');
    expect([response.text(), response.error]).toEqual(['all of it', undefined]);
  });

  it('while the request is still sent fails it, or gives the response that came before', async () => {
    const { url } = await startRawServer((socket) => {
      socket.end('HTTP/1.1 413 Payload Too Large\r\ncontent-length: 3\r\nconnection: close\r\n\r\nbig');
    });
    const { client, recording } = createClient(url, { timeout: 5 });
    const { status, error } = await client.post('/', { body: 'x'.repeat(20_000_000) });
    expect(error ? error.kind : status).toBe(error ? 'reset' : 413);
    expect(recording.total().started).toBe(1);
  });
});
