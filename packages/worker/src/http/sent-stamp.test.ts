import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';
import type { HttpSettings } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { Recording } from '../statistics/recording.case.ts';
import { ConnectionPools } from './connection-pools.ts';
import { engine, startRawServer, startServer } from './test-server.case.ts';
import { UserHttpClient } from './user-http-client.ts';

const CONNECT_MS = 50;

/** A client for whom connecting takes 50 ms and all else no time. */
function createClient(
  host: string,
  settings: HttpSettings = {},
): { client: UserHttpClient; recording: Recording; clock: FakeClock } {
  const clock = new FakeClock(1_000);
  const recording = new Recording();
  const client = new UserHttpClient({
    host,
    settings,
    pools: new ConnectionPools({ clock, insecure: false, engine }),
    clock,
    recorder: recording.recorder,
  });
  const connect = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket };
    socket.prependOnceListener('connect', () => clock.jump(CONNECT_MS));
  };
  subscribe('net.client.socket', connect);
  onTestFinished(() => {
    unsubscribe('net.client.socket', connect);
    client.close();
  });
  return { client, recording, clock };
}

describe("the generator's own delay", () => {
  it('does not include a try on a connection that was closed meanwhile', async () => {
    let requests = 0;
    const { url } = await startRawServer((socket) => {
      if (++requests === 2) {
        created.clock.jump(CONNECT_MS);
        socket.destroy();
      } else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n');
    });
    const created = createClient(url);
    for (let i = 0; i < 2; i++) expect((await created.client.get('/')).status).toBe(200);
    const { count, sumUs } = created.recording.generatorDelay();
    expect([requests, count, sumUs]).toEqual([3, 2, 0]);
  });

  it('is that of the first request where redirects were followed', async () => {
    const { url } = await startServer((request, response) =>
      response.writeHead(request.url === '/' ? 302 : 200, { location: '/end' }).end('ok'),
    );
    const { client, recording } = createClient(url);
    expect((await client.get('/')).history).toHaveLength(1);
    const { count, sumUs } = recording.generatorDelay();
    expect([count, sumUs]).toEqual([1, 0]);
  });

  it.each(['keep-alive', 'close'])('does not include connecting, with connection: %s', async (connection) => {
    const { url } = await startServer((_, response) =>
      response.setHeader('connection', connection).end('ok'),
    );
    const { client, recording } = createClient(url);
    const times: number[] = [];
    for (let i = 0; i < 4; i++) times.push((await client.get('/')).durationMs);
    const later = connection === 'close' ? CONNECT_MS : 0;
    expect(times).toEqual([CONNECT_MS, later, later, later]);
    const { count, sumUs } = recording.generatorDelay();
    expect([count, sumUs]).toEqual([4, 0]);
  });

  it.each([{}, { pool: 'shared', maxConnections: 2 }] as const)(
    'does not include the wait for a connection: %j',
    async (settings) => {
      const { url } = await startServer();
      const { client, recording } = createClient(url, settings);
      const responses = await Promise.all(Array.from({ length: 7 }, () => client.get('/')));
      expect(responses[6]?.timings.waitMs).toBeGreaterThanOrEqual(CONNECT_MS);
      const { count, sumUs } = recording.generatorDelay();
      expect([count, sumUs]).toEqual([7, 0]);
    },
  );
});
