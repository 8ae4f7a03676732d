import { createCounts, EMPTY_HISTOGRAM, type EntryDelta } from '@loadts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistogram } from './sample-snapshot.case.ts';
import { SecondFeed, type ToldSecond } from './second-feed.ts';

const NOTHING_ELSE = { aggregates: [], failures: [], exceptions: [], generatorDelay: EMPTY_HISTOGRAM };

function entry(name: string, ...timesUs: readonly number[]): EntryDelta {
  const counts = { ...createCounts(), started: timesUs.length, ok: timesUs.length };
  return { key: { method: 'GET', name }, counts, latency: createHistogram(timesUs) };
}

function createFeed(): { feed: SecondFeed; take: () => ToldSecond[] } {
  const told: ToldSecond[] = [];
  return { feed: new SecondFeed((delta) => told.push(delta)), take: () => told.splice(0) };
}

describe('SecondFeed', () => {
  it('tells a second with the parts of all workers, when there was time for them to come', () => {
    const { feed, take } = createFeed();
    feed.add(0, { users: 2, entries: [entry('/a', 10), entry('/b', 20)], ...NOTHING_ELSE });
    feed.advance(1.9);
    expect(take()).toEqual([]);
    feed.add(0, { users: 3, entries: [entry('/a', 30)], ...NOTHING_ELSE });
    feed.advance(2);
    const entries = [entry('/a', 10, 30), entry('/b', 20)];
    expect(take()).toEqual([{ second: 0, users: 5, entries, ...NOTHING_ELSE, late: false }]);
  });

  it('adds up every time that the workers measured, also where only one did', () => {
    const { feed, take } = createFeed();
    const [first, second] = [entry('/', 10), entry('/', 20)];
    const ttfb = createHistogram([4]);
    const part = { users: 1, ...NOTHING_ELSE };
    feed.add(0, { ...part, entries: [{ ...first, ttfb, service: createHistogram([9]) }] });
    feed.add(0, { ...part, entries: [{ ...second, service: createHistogram([19]) }] });
    feed.finish();
    expect(take()[0]?.entries).toEqual([{ ...entry('/', 10, 20), ttfb, service: createHistogram([9, 19]) }]);
  });

  it('adds up the arrivals of all workers, each with a queue of its own', () => {
    const { feed, take } = createFeed();
    const part = { users: 1, entries: [], ...NOTHING_ELSE };
    const arrivals = { asked: 5, started: 3, dropped: 1, left: 1, queuedMost: 2 };
    feed.add(0, { ...part, arrivals });
    feed.add(0, { ...part, arrivals });
    feed.finish();
    expect(take()[0]?.arrivals).toEqual({ asked: 10, started: 6, dropped: 2, left: 2, queuedMost: 4 });
  });

  it('tells the seconds in turn, also those in which nothing happened', () => {
    const { feed, take } = createFeed();
    feed.add(2, { users: 1, entries: [entry('/', 5)], ...NOTHING_ELSE });
    feed.add(3, { users: 4, entries: [], ...NOTHING_ELSE });
    feed.advance(4);
    expect(take().map(({ second, users }) => [second, users])).toEqual([
      [0, 0],
      [1, 0],
      [2, 1],
    ]);
    feed.finish();
    expect(take()).toEqual([{ second: 3, users: 4, entries: [], ...NOTHING_ELSE, late: false }]);
  });

  it('tells what comes late as soon as it comes', () => {
    const { feed, take } = createFeed();
    feed.advance(5);
    take();
    feed.add(1, { users: 2, entries: [entry('/', 7)], ...NOTHING_ELSE });
    expect(take()).toEqual([{ second: 1, users: 2, entries: [entry('/', 7)], ...NOTHING_ELSE, late: true }]);
  });

  it('puts failures, exceptions and generator delays of all workers together', () => {
    const { feed, take } = createFeed();
    const failure = { key: { method: 'GET', name: '/a' }, reason: '404', count: 2 };
    const exception = { userClass: 'Buyer', task: 'pay', message: 'no money', stack: 'at pay', count: 1 };
    const part = { users: 1, entries: [], aggregates: [], failures: [failure] };
    const delays = [createHistogram([3]), createHistogram([5])] as const;
    feed.add(0, { ...part, exceptions: [{ ...exception, workers: [1] }], generatorDelay: delays[0] });
    feed.add(0, { ...part, exceptions: [{ ...exception, workers: [2] }], generatorDelay: delays[1] });
    feed.finish();
    expect(take()).toMatchObject([
      {
        failures: [{ ...failure, count: 4 }],
        exceptions: [{ ...exception, count: 2, workers: [1, 2] }],
        generatorDelay: createHistogram([3, 5]),
      },
    ]);
  });

  it('tells everything once, whatever comes when', () => {
    const event = fc.record({ second: fc.nat(9), requests: fc.integer({ min: 1, max: 5 }), at: fc.nat(12) });
    fc.assert(
      fc.property(fc.array(event), (events) => {
        const { feed, take } = createFeed();
        for (const { second, requests, at } of events) {
          feed.advance(at);
          feed.add(second, {
            users: requests,
            entries: [entry('/', ...Array(requests).fill(3))],
            ...NOTHING_ELSE,
          });
        }
        feed.finish();
        const told = take();
        const sum = (of: (delta: ToldSecond) => number): number => told.reduce((all, d) => all + of(d), 0);
        const expected = events.reduce((all, { requests }) => all + requests, 0);
        expect(sum(({ users }) => users)).toBe(expected);
        expect(sum(({ entries }) => entries[0]?.latency.count ?? 0)).toBe(expected);
        const first = told.filter(({ late }) => !late).map(({ second }) => second);
        expect(first).toEqual(first.map((_, index) => index));
      }),
    );
  });
});
