import { expect, it } from 'vitest';
import { Recording } from '../statistics/recording.case.ts';
import { systemClock } from '../system-clock.ts';
import { ConnectionPools } from './connection-pools.ts';
import { engine, startServer } from './test-server.case.ts';
import { UserHttpClient } from './user-http-client.ts';

it('the first request of an iteration counts from its arrival, its service time from the sending', async () => {
  const { url } = await startServer((request, response) => {
    if (request.url === '/old') response.writeHead(302, { location: '/' }).end();
    else response.end('ok');
  });
  const recording = new Recording();
  const arrivalUs = systemClock.nowUs() - 10_000_000;
  const arrivals = [arrivalUs, arrivalUs];
  const events: (readonly [number, number | undefined])[] = [];
  const client = new UserHttpClient({
    host: url,
    settings: {},
    pools: new ConnectionPools({ clock: systemClock, insecure: false, engine }),
    clock: systemClock,
    recorder: recording.recorder,
    emit: ({ startUs, serviceUs }) => events.push([startUs, serviceUs]),
    seat: { takeIntended: (callUs) => arrivals.pop() ?? callUs },
  });
  await client.get('/');
  await client.get('/old', { name: 'old' });
  await client.get('/', { name: 'second' });
  recording.finish();
  const entries = recording.intervals.flatMap(({ statistics }) => statistics.entries);
  const response = entries.map(({ latency }) => latency.minUs >= 10_000_000);
  expect(response).toEqual([true, true, false]);
  expect(entries.map(({ latency, service }) => service?.count === latency.count)).toEqual([true, true, true]);
  expect(entries.every(({ service }) => (service?.maxUs ?? Infinity) < 10_000_000)).toBe(true);
  expect(events.slice(0, 2).map(([startUs]) => startUs)).toEqual([arrivalUs, arrivalUs]);
  expect(events.every(([, serviceUs]) => serviceUs !== undefined)).toBe(true);
});
