import { EMPTY_HISTOGRAM, mergeSparse } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { Recording } from '../statistics/recording.case.ts';
import { systemClock } from '../system-clock.ts';
import { ConnectionPools } from './connection-pools.ts';
import { startRawServer, startServer } from './test-server.case.ts';
import { UserHttpClient } from './user-http-client.ts';

/** A client in a run that wants times to the first byte of all requests, or does not. */
function createClient(host: string, ttfb: boolean) {
  const recording = new Recording({ ttfb });
  const told: (number | undefined)[] = [];
  const client = new UserHttpClient({
    host,
    settings: {},
    pools: new ConnectionPools({ clock: systemClock, insecure: false }),
    clock: systemClock,
    recorder: recording.recorder,
    emit: ({ ttfbUs }) => told.push(ttfbUs),
  });
  /** Response times and times to the first byte by name. */
  const times = (name: string) => {
    recording.finish();
    const id = recording.intervals
      .flatMap(({ newEntries }) => newEntries)
      .find((entry) => entry.name === name)?.id;
    const parts = recording.intervals
      .flatMap(({ statistics }) => statistics.entries)
      .filter(({ entryId }) => entryId === id);
    return {
      latency: parts.map(({ latency }) => latency).reduce(mergeSparse, EMPTY_HISTOGRAM),
      ttfb: parts.flatMap(({ ttfb }) => ttfb ?? []).reduce(mergeSparse, EMPTY_HISTOGRAM),
    };
  };
  return { client, told, times };
}

describe('the time to the first byte', () => {
  it('ends where the answer begins, and is kept where it is wanted', async () => {
    const { url } = await startRawServer((socket) => {
      socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n');
      setTimeout(() => socket.write('ok'), 30);
    });
    const { client, told, times } = createClient(url, true);
    await client.get('/');
    const { latency, ttfb } = times('/');
    expect([latency.count, ttfb.count]).toEqual([1, 1]);
    expect(latency.maxUs - ttfb.maxUs).toBeGreaterThan(20_000);
    expect(told).toEqual([ttfb.maxUs]);
  });

  it('is kept of streamed requests alone where nobody asked for it', async () => {
    const { url } = await startServer();
    const { client, told, times } = createClient(url, false);
    await client.get('/plain');
    const streamed = await client.get('/streamed', { stream: true });
    for await (const _ of streamed.body);
    expect([times('/plain').ttfb.count, times('/streamed').ttfb.count]).toEqual([0, 1]);
    expect(told.every((us) => us !== undefined)).toBe(true);
  });

  it('goes over all hops of a redirect', async () => {
    const { url } = await startServer(({ url: path }, response) => {
      if (path === '/') response.end('there');
      else setTimeout(() => response.writeHead(302, { location: '/' }).end(), 30);
    });
    const { client, times } = createClient(url, true);
    await client.get('/old');
    expect(times('/old').ttfb.minUs).toBeGreaterThan(20_000);
  });

  it('is missing where no byte came', async () => {
    const { url } = await startServer(() => {});
    const { client, told, times } = createClient(url, true);
    await client.get('/', { timeout: '50ms' });
    const { latency, ttfb } = times('/');
    expect([latency.count, ttfb.count]).toEqual([1, 0]);
    expect(told).toEqual([undefined]);
  });
});
