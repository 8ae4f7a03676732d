import type { ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { HttpClient } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { HTTP2_SETTINGS, startHttp2 } from './test-http2-server.case.ts';
import { createClient, startServer } from './test-server.case.ts';

const SIZE = 8 * 1_048_576;

type Write = (target: Pick<ServerResponse, 'write' | 'end'>, path: string) => void;

/** All of a large body, and of `/stops` all but its end. */
const writeBody: Write = (target, path) => {
  target.write(Buffer.alloc(SIZE));
  if (path !== '/stops') target.end();
};

const SERVERS: [string, () => Promise<HttpClient>][] = [
  [
    'HTTP/1.1',
    async () => {
      const { url } = await startServer(({ url: path }, response) => writeBody(response, path));
      return createClient(url).client;
    },
  ],
  [
    'HTTP/2',
    async () => {
      const { url } = await startHttp2((stream, { ':path': path }) => {
        stream.respond({ ':status': 200 });
        writeBody(stream as unknown as ServerResponse, path);
      });
      return createClient(url, HTTP2_SETTINGS).client;
    },
  ],
];

describe.each(SERVERS)('the limit of a streamed body over %s', (_, start) => {
  it('does not run while its reader holds it back', async () => {
    const client = await start();
    const response = await client.get('/', { stream: true, timeout: { body: '400ms' } });
    let bytes = 0;
    for await (const chunk of response.body) {
      if (bytes === 0) await wait(900);
      bytes += chunk.length;
    }
    expect([bytes, response.error]).toEqual([SIZE, undefined]);
  });

  it('runs again when its reader goes on', async () => {
    const client = await start();
    const response = await client.get('/stops', { stream: true, timeout: { body: '400ms' } });
    let bytes = 0;
    for await (const chunk of response.body) {
      if (bytes === 0) await wait(900);
      bytes += chunk.length;
    }
    expect([bytes, response.error?.code]).toEqual([SIZE, 'BODY_TIMEOUT']);
  });
});
