import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { createClient, startServer } from '../test-server.case.ts';

const MEBIBYTE = 1_048_576;
const CHUNK = Buffer.alloc(MEBIBYTE);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes in buffers that somebody still holds. */
function measureBuffers(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

describe('a body of 100 MiB', () => {
  it.each([
    ['with a length', { 'content-length': 100 * MEBIBYTE }],
    ['in chunks', {}],
  ])('is counted and not kept, %s', async (_, headers) => {
    const { url } = await startServer((_request, response) => {
      response.writeHead(200, headers);
      let left = 100;
      const send = (): void => {
        while (left-- > 0) if (!response.write(CHUNK)) return void response.once('drain', send);
        response.end();
      };
      send();
    });
    const { client, recording } = createClient(url);
    const before = measureBuffers();
    const response = await client.get('/');
    expect(measureBuffers() - before).toBeLessThan(20 * MEBIBYTE);
    expect([response.status, response.bytesReceived]).toEqual([200, 100 * MEBIBYTE]);
    expect(() => response.bytes()).toThrow('was not kept');
    expect(recording.total()).toEqual({ started: 1, ok: 1, bytesReceived: 100 * MEBIBYTE });
  });

  it('is sent, and counted as sent', async () => {
    const { url, seen } = await startServer();
    const { client } = createClient(url);
    const response = await client.put('/', { body: new Uint8Array(20 * MEBIBYTE) });
    expect([response.status, seen[0]?.body.length]).toEqual([200, 20 * MEBIBYTE]);
    expect(response.bytesSent - 20 * MEBIBYTE).toBeGreaterThan(0);
  });
});
