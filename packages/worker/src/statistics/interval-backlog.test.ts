import {
  addCounts,
  countEnded,
  createCounts,
  EMPTY_HISTOGRAM,
  entryChecksum,
  IntervalHistogram,
  LatencyHistogram,
} from '@loadts/core';
import { decodeStatistics, encodeStatistics } from '@loadts/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IntervalBacklog } from './interval-backlog.ts';
import type { WaitingInterval } from './waiting-interval.ts';

interface Measured {
  readonly entryId: number;
  readonly timesUs: readonly number[];
}

function intervalOf(second: number, measured: readonly Measured[], isOpen = false): WaitingInterval {
  const entries = measured.map(({ entryId, timesUs }) => {
    const histogram = new IntervalHistogram();
    for (const timeUs of timesUs) histogram.record(timeUs);
    const counts = { ...createCounts(), started: timesUs.length + 1, ok: timesUs.length };
    const latency = histogram.take();
    return { entryId, counts, latency, ...(isOpen && { service: latency }) };
  });
  return {
    firstInterval: second,
    lastInterval: second,
    users: second,
    newEntries: [{ id: second, scenario: 0, method: 'GET', name: `/${second}` }],
    statistics: encodeStatistics({ generatorDelay: EMPTY_HISTOGRAM, entries }),
    failures: [{ entryId: second % 3, reason: 'HTTP 500', count: 2 }],
    exceptions: [{ userClass: 'A', task: 'b', message: 'c', stack: `${second}`, count: 1 }],
    arrivals: isOpen
      ? [{ scenario: 0, next: second, asked: 3, started: 2, dropped: 1, left: 0, queuedMost: second }]
      : [],
  };
}

function drain(backlog: IntervalBacklog): WaitingInterval[] {
  const taken: WaitingInterval[] = [];
  for (let next = backlog.shift(); next; next = backlog.shift()) taken.push(next);
  return taken;
}

/** Everything that can be added up. */
function sumOf(intervals: readonly WaitingInterval[]) {
  const [counts, latency] = [createCounts(), new LatencyHistogram()];
  let [checksum, failures, exceptions] = [0, 0, 0];
  for (const { statistics, ...interval } of intervals) {
    for (const entry of decodeStatistics(statistics).entries) {
      addCounts(counts, entry.counts);
      latency.merge(entry.latency);
      checksum = (checksum + entryChecksum(entry)) >>> 0;
    }
    for (const { count } of interval.failures) failures += count;
    for (const { count } of interval.exceptions) exceptions += count;
  }
  const names = intervals.flatMap(({ newEntries }) => newEntries.map(({ name }) => name));
  const { count, sumUs, minUs, maxUs } = latency;
  return { counts, checksum, count, sumUs, minUs, maxUs, failures, exceptions, names };
}

describe('the backlog of a worker that cannot send', () => {
  it('keeps 60 seconds one by one', () => {
    const backlog = new IntervalBacklog();
    const intervals = Array.from({ length: 60 }, (_, second) => intervalOf(second, []));
    for (const interval of intervals) backlog.add(interval);
    expect(drain(backlog)).toEqual(intervals);
  });

  it('puts older ones together in spans of 10 seconds, with all counts and names', () => {
    const backlog = new IntervalBacklog();
    const add = (second: number) =>
      backlog.add(intervalOf(second, [{ entryId: 1, timesUs: [second] }], true));
    for (let second = 3; second < 95; second++) add(second);
    const taken = drain(backlog);
    const spans = taken.slice(0, 4).map(({ firstInterval, lastInterval }) => [firstInterval, lastInterval]);
    expect(spans).toEqual([
      [3, 9],
      [10, 19],
      [20, 29],
      [30, 34],
    ]);
    expect(taken).toHaveLength(64);
    expect(taken[1]).toMatchObject({
      users: 19,
      failures: [1, 2, 0].map((entryId) => ({ entryId, reason: 'HTTP 500', count: entryId === 1 ? 8 : 6 })),
      exceptions: [{ userClass: 'A', task: 'b', message: 'c', stack: '10', count: 10 }],
      arrivals: [{ scenario: 0, next: 19, asked: 30, started: 20, dropped: 10, left: 0, queuedMost: 19 }],
    });
    const { entries } = decodeStatistics(taken[1]?.statistics ?? expect.fail());
    expect(entries.map(({ counts, service }) => [counts.ok, countEnded(counts), service?.count])).toEqual([
      [10, 10, 10],
    ]);
  });

  it('loses no count and no bucket, whatever is measured and whenever it can send', () => {
    const measured = fc.uniqueArray(
      fc.record({ entryId: fc.nat(5), timesUs: fc.array(fc.nat(4_000), { maxLength: 5 }) }),
      { maxLength: 4, selector: ({ entryId }) => entryId },
    );
    const step = fc.oneof({ weight: 30, arbitrary: measured }, { weight: 1, arbitrary: fc.constant('send') });
    fc.assert(
      fc.property(fc.array(step, { minLength: 50, maxLength: 300 }), fc.boolean(), (steps, isOpen) => {
        const backlog = new IntervalBacklog();
        const added: WaitingInterval[] = [];
        const taken: WaitingInterval[] = [];
        for (const [second, next] of steps.entries()) {
          if (typeof next === 'string') taken.push(...[backlog.shift() ?? []].flat());
          else {
            added.push(intervalOf(second, next, isOpen));
            backlog.add(added.at(-1) as WaitingInterval);
          }
        }
        taken.push(...drain(backlog));
        expect(sumOf(taken)).toEqual(sumOf(added));
        const order = taken.flatMap(({ firstInterval, lastInterval }) => [firstInterval, lastInterval]);
        expect(order).toEqual(order.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('takes no more memory after a day than after an hour', () => {
    const backlog = new IntervalBacklog();
    const bytes: number[] = [];
    for (let second = 0; second < 86_400; second++) {
      const interval = intervalOf(second, [{ entryId: 1, timesUs: [100 + (second % 50)] }]);
      backlog.add({ ...interval, newEntries: [] });
      if (second % 3_600 !== 3_599) continue;
      expect(backlog.size).toBeLessThanOrEqual(121);
    }
    const taken = drain(backlog);
    for (const { statistics } of taken) bytes.push(statistics.length);
    expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThan(32_000);
    expect(sumOf(taken).count).toBe(86_400);
  });

  it('tells only so many kinds of failure and exception apart in one span', () => {
    const backlog = new IntervalBacklog();
    for (let second = 0; second < 72; second++) {
      const failures = Array.from({ length: 90 }, (_, i) => ({
        entryId: 1,
        reason: `${second} ${i}`,
        count: 1,
      }));
      const exceptions = failures.map(({ reason }) => ({
        userClass: 'A',
        task: 'b',
        message: reason,
        stack: '',
        count: 1,
      }));
      backlog.add({ ...intervalOf(second, []), failures, exceptions });
    }
    const oldest = backlog.shift() ?? expect.fail();
    expect(oldest.failures).toHaveLength(201);
    expect(oldest.failures.at(-1)).toEqual({ entryId: 1, reason: 'further kinds of failure', count: 700 });
    expect(oldest.exceptions).toHaveLength(201);
    expect(oldest.exceptions.at(-1)).toMatchObject({ userClass: '(other)', count: 700 });
  });

  it('begins with spans of 10 seconds again once all was sent', () => {
    const backlog = new IntervalBacklog();
    for (let second = 0; second < 2_000; second++) backlog.add(intervalOf(second, []));
    drain(backlog);
    for (let second = 3_000; second < 3_070; second++) backlog.add(intervalOf(second, []));
    expect(backlog.shift()).toMatchObject({ firstInterval: 3_000, lastInterval: 3_009 });
  });
});
