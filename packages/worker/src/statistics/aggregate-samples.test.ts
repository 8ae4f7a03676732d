import type { RequestEvent } from '@loadts/core';
import { expect, it } from 'vitest';
import { createAggregateListener } from './aggregate-samples.ts';
import { Recording } from './recording.case.ts';

const event: RequestEvent = {
  method: 'GET',
  name: '/cart',
  url: undefined,
  outcome: 'ok',
  status: 200,
  reason: undefined,
  error: undefined,
  durationMs: 1.234,
  bytesReceived: 7,
  startedAtMs: 999,
  response: undefined,
  userClass: 'Buyer',
  ordinal: 0,
  tags: ['slow', 'read'],
};

const target = (recording: Recording, scenarios: Record<string, string> = {}) => ({
  recorder: recording.recorder,
  runStartUs: 0,
  scenarios: new Map(Object.entries(scenarios)),
});

it('a request is added up in every aggregate that selects it, in the second of its end', () => {
  const recording = new Recording({ startUs: 5_000_000, maxEntries: 0 });
  const listen = createAggregateListener(
    [
      { id: '{tag="slow"}', selectors: [{ field: 'tag', value: 'slow' }] },
      { id: '{class="Buyer"}', selectors: [{ field: 'class', value: 'Buyer' }] },
      {
        id: '{class="Buyer", name="/"}',
        selectors: [
          { field: 'class', value: 'Buyer' },
          { field: 'name', value: '/' },
        ],
      },
    ],
    { recorder: recording.recorder, runStartUs: 5_000_000, scenarios: new Map() },
  );
  listen?.(event);
  listen?.({ ...event, outcome: 'httpError', tags: [] });
  listen?.({ ...event, name: '/', userClass: 'Visitor' });
  recording.finish();
  const counts = recording.counts();
  expect(Object.entries(counts).map(([id, { ok, httpError }]) => [id.trim(), ok, httpError])).toEqual([
    ['{tag="slow"}', 2, 0],
    ['{class="Buyer"}', 1, 1],
  ]);
  const [interval] = recording.intervals.filter(({ statistics }) => statistics.entries.length > 0);
  expect(interval?.interval).toBe(1);
  expect(interval?.statistics.entries[0]?.latency.maxUs).toBe(1_234);
  expect(recording.unended()).toBe(0);
});

it('in an open run a request adds its service time too, where it was sent', () => {
  const recording = new Recording();
  const aggregates = [{ id: '{tag="slow"}', selectors: [{ field: 'tag' as const, value: 'slow' }] }];
  const listen = createAggregateListener(aggregates, target(recording));
  listen?.({ ...event, serviceMs: 0.5 });
  listen?.(event);
  recording.finish();
  const entries = recording.intervals.flatMap(({ statistics }) => statistics.entries);
  expect(entries.map(({ latency, service }) => [latency.count, service?.count, service?.maxUs])).toEqual([
    [2, 1, 500],
  ]);
});

it('a request belongs to the scenario of its user class', () => {
  const recording = new Recording();
  const listen = createAggregateListener(
    [
      {
        id: '{scenario="buy", tag="slow"}',
        selectors: [
          { field: 'scenario', value: 'buy' },
          { field: 'tag', value: 'slow' },
        ],
      },
    ],
    target(recording, { Buyer: 'buy', Visitor: 'browse' }),
  );
  listen?.(event);
  listen?.({ ...event, userClass: 'Visitor' });
  expect(recording.total()).toMatchObject({ ok: 1 });
});

it('a request adds its time to the first byte too, where the run wants that', () => {
  const counts = [true, false].map((ttfb) => {
    const recording = new Recording({ ttfb });
    const aggregates = [{ id: '{tag="slow"}', selectors: [{ field: 'tag' as const, value: 'slow' }] }];
    const listen = createAggregateListener(aggregates, target(recording));
    listen?.({ ...event, ttfbMs: 0.25 });
    listen?.(event);
    recording.finish();
    const [entry] = recording.intervals.flatMap(({ statistics }) => statistics.entries);
    return [entry?.latency.count, entry?.ttfb?.count, entry?.ttfb?.maxUs];
  });
  expect(counts).toEqual([
    [2, 1, 250],
    [2, undefined, undefined],
  ]);
});

it('nobody listens where there is nothing to add up', () => {
  expect(createAggregateListener([], target(new Recording()))).toBeUndefined();
});

it('a request that is no good one counts as failed, and one that failed as what it was', () => {
  const recording = new Recording();
  const conditions = [
    { time: 'ttfe' as const, percentile: 100, limitMs: 100 },
    { time: 'gap' as const, percentile: 100, limitMs: 20 },
  ];
  const listen = createAggregateListener([{ id: 'goodput', selectors: [], conditions }], target(recording));
  const stream = { firstEventMs: 80, gapsMs: [10, 15], perEventMs: 12 };
  listen?.({ ...event, stream });
  listen?.({ ...event, stream: { ...stream, firstEventMs: 120 } });
  listen?.({ ...event, stream: { ...stream, gapsMs: [10, 30] } });
  listen?.(event);
  listen?.({ ...event, stream, outcome: 'timeout' });
  expect(recording.counts()).toMatchObject({ ' goodput': { ok: 1, checkFailed: 3, timeout: 1 } });
});
