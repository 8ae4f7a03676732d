import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addCounts, createCounts } from './outcome.ts';
import {
  type EntryDelta,
  type ExceptionDelta,
  entryId,
  type FailureDelta,
  MAX_KINDS,
  RunStatistics,
} from './run-statistics.ts';
import { entryCounts, histogramOf, okCounts, timesUs } from './samples.case.ts';

const key = (name: string, method = 'GET') => ({ method, name });

const entryDelta: fc.Arbitrary<EntryDelta> = fc.record({
  key: fc.record({ method: fc.constantFrom('GET', 'POST'), name: fc.constantFrom('/', '/a', '/b') }),
  counts: entryCounts,
  latency: timesUs.map(histogramOf),
});

const failureDelta: fc.Arbitrary<FailureDelta> = fc.record({
  key: fc.record({ method: fc.constantFrom('GET', 'POST'), name: fc.constantFrom('/', '/a') }),
  reason: fc.constantFrom('status 500', 'timeout', 'refused'),
  count: fc.integer({ min: 1, max: 9 }),
});

const exceptionDelta: fc.Arbitrary<ExceptionDelta> = fc.record({
  userClass: fc.constantFrom('Buyer', 'Admin'),
  task: fc.constantFrom('buy', 'onStart'),
  message: fc.constantFrom('no stock', 'no price'),
  stack: fc.constant('at buy (load.ts:3:1)'),
  count: fc.integer({ min: 1, max: 9 }),
});

interface Deltas {
  readonly entries: readonly EntryDelta[];
  readonly failures: readonly FailureDelta[];
  readonly exceptions: readonly ExceptionDelta[];
}

function collect({ entries, failures, exceptions }: Deltas): RunStatistics {
  const statistics = new RunStatistics();
  statistics.add(entries);
  for (const delta of failures) statistics.addFailure(delta, 3);
  for (const delta of exceptions) statistics.addException(delta, 1);
  return statistics;
}

/** All that a report reads. */
function read(statistics: RunStatistics): unknown {
  const entries = [statistics.total, ...statistics.entries].map((entry) => ({
    key: entry.key,
    counts: entry.counts,
    sumUs: entry.latency.sumUs,
    percentilesUs: entry.latency.percentilesUs([0, 50, 99, 100]),
  }));
  return { entries, failures: statistics.failures, exceptions: statistics.exceptions };
}

describe('RunStatistics', () => {
  it('keeps entries apart by method and name, sorted by name', () => {
    const statistics = new RunStatistics();
    for (const entry of [key('/b'), key('/a', 'POST'), key('/a')]) {
      statistics.add([{ key: entry, counts: okCounts(1), latency: histogramOf([10]) }]);
    }
    statistics.add([{ key: key('/b'), counts: okCounts(2), latency: histogramOf([20, 30]) }]);
    expect(statistics.entries.map((entry) => [entryId(entry.key), entry.counts.ok])).toEqual([
      ['GET /a', 1],
      ['POST /a', 1],
      ['GET /b', 3],
    ]);
    expect(statistics.total).toMatchObject({ key: { method: '', name: 'Aggregated' }, counts: okCounts(5) });
    expect(statistics.total.latency.count).toBe(5);
  });

  it('does not show the order in which the deltas arrived', () => {
    const deltas = fc.record({
      entries: fc.array(entryDelta, { maxLength: 12 }),
      failures: fc.array(failureDelta, { maxLength: 12 }),
      exceptions: fc.array(exceptionDelta, { maxLength: 12 }),
    });
    fc.assert(
      fc.property(deltas, ({ entries, failures, exceptions }) => {
        const reversed = {
          entries: entries.toReversed(),
          failures: failures.toReversed(),
          exceptions: exceptions.toReversed(),
        };
        expect(read(collect(reversed))).toEqual(read(collect({ entries, failures, exceptions })));
      }),
      { numRuns: 40 },
    );
  });

  it('has the sum of all entries as its total', () => {
    fc.assert(
      fc.property(fc.array(entryDelta, { maxLength: 12 }), (entries) => {
        const statistics = collect({ entries, failures: [], exceptions: [] });
        const sum = createCounts();
        for (const entry of statistics.entries) addCounts(sum, entry.counts);
        expect(statistics.total.counts).toEqual(sum);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves the deltas as they are', () => {
    const statistics = new RunStatistics();
    const failure = { key: key('/'), reason: 'status 500', count: 1 };
    statistics.addFailure(failure, 7);
    statistics.addFailure(failure, 2);
    expect(failure.count).toBe(1);
    expect(statistics.failures).toEqual([{ ...failure, count: 2, firstSecond: 2, lastSecond: 7 }]);
  });

  it('lists failures and exceptions by how often they came', () => {
    const statistics = new RunStatistics();
    statistics.addFailure({ key: key('/a'), reason: 'status 500', count: 2 }, 0);
    statistics.addFailure({ key: key('/b'), reason: 'timeout', count: 3 }, 0);
    const thrown = { userClass: 'Buyer', task: 'buy', stack: '' };
    statistics.addException({ ...thrown, message: 'no stock', count: 1 }, 4);
    statistics.addException({ ...thrown, message: 'no price', count: 4 }, 4);
    expect(statistics.failures.map(({ reason }) => reason)).toEqual(['timeout', 'status 500']);
    expect(statistics.exceptions.map(({ message }) => message)).toEqual(['no price', 'no stock']);
  });

  it('counts further kinds of failure together, and known ones as before', () => {
    const statistics = new RunStatistics();
    const fail = (kind: number): void =>
      statistics.addFailure({ key: key('/'), reason: `status ${kind}`, count: 1 }, 0);
    for (let kind = 0; kind < MAX_KINDS + 7; kind++) fail(kind);
    fail(3);
    expect(statistics.failures).toHaveLength(MAX_KINDS + 1);
    expect(statistics.failures[0]).toEqual({
      key: { method: '', name: '(other)' },
      reason: 'further kinds of failure, beyond the first 500',
      count: 7,
      firstSecond: 0,
      lastSecond: 0,
    });
    expect(statistics.failures[1]).toMatchObject({ reason: 'status 3', count: 2 });
  });

  it('counts further kinds of exception together', () => {
    const statistics = new RunStatistics();
    for (let kind = 0; kind < MAX_KINDS + 2; kind++) {
      statistics.addException({ userClass: 'A', task: 'a', message: `${kind}`, stack: 's', count: 1 }, 4);
    }
    expect(statistics.exceptions).toHaveLength(MAX_KINDS + 1);
    expect(statistics.exceptions[0]).toEqual({
      userClass: '(other)',
      task: '',
      message: 'further kinds of exception, beyond the first 500',
      stack: '',
      count: 2,
      workers: [4],
    });
  });
});
