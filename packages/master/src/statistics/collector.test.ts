import { crc32 } from 'node:zlib';
import { EMPTY_HISTOGRAM, type SecondDelta } from '@loadts/core';
import { encodeStatistics, type SnapshotMessage } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { Collector } from './collector.ts';
import { createCollector, createFinal, createHistogram, createSnapshot } from './sample-snapshot.case.ts';

/** A snapshot of one entry. */
function measure(
  sequence: number,
  timesUs: readonly number[],
  fields: Partial<SnapshotMessage> = {},
): SnapshotMessage {
  const newEntries = sequence === 1 ? [{ id: 0, scenario: 0, method: 'GET', name: '/' }] : [];
  return createSnapshot(sequence, [{ entryId: 0, timesUs }], { newEntries, ...fields });
}

function measureDelay(timesUs: readonly number[]): SnapshotMessage {
  const statistics = encodeStatistics({ generatorDelay: createHistogram(timesUs), entries: [] });
  return createSnapshot(1, [], { statistics, crc32: crc32(statistics) });
}

describe('Collector', () => {
  it('adds up what all workers measured', () => {
    const collector = createCollector([1, 2], 1_000);
    collector.take(1, measure(1, [100, 200]));
    collector.take(1, measure(2, [300]));
    collector.take(2, measure(1, [5_000]));
    const { entries, total } = collector.statistics;
    expect(entries.map(({ key, counts }) => [key.name, counts.ok])).toEqual([['/', 4]]);
    expect([total.latency.count, total.latency.minUs, total.latency.maxUs]).toEqual([4, 100, 5_000]);
  });

  it('adds up failures, exceptions and the delay of the generator', () => {
    const collector = createCollector([1, 2], 1_000);
    const failures = [{ entryId: 0, reason: 'HTTP 500', count: 2 }];
    const exceptions = [{ userClass: 'Visitor', task: 'buy', message: 'no', stack: '', count: 3 }];
    for (const worker of [1, 2]) collector.take(worker, measure(1, [100], { failures, exceptions }));
    expect(collector.statistics.failures.map(({ count }) => count)).toEqual([4]);
    expect(collector.statistics.exceptions.map(({ count }) => count)).toEqual([6]);
    expect(collector.statistics.generatorDelay.count).toBe(0);
    const other = createCollector([1], 1_000);
    other.take(1, measureDelay([7, 9]));
    expect([other.statistics.generatorDelay.count, other.statistics.generatorDelay.maxUs]).toEqual([2, 9]);
  });

  it('counts a snapshot that comes again once', () => {
    const collector = createCollector([1], 1_000);
    for (let i = 0; i < 3; i++) collector.take(1, measure(1, [100]));
    expect(collector.statistics.total.counts.ok).toBe(1);
    expect(collector.history.points.map(({ requests }) => requests)).toEqual([1]);
  });

  it('spreads what came as a sum over its seconds, says so, and keeps the totals exact', () => {
    const seconds: SecondDelta[] = [];
    const onSecond = (second: SecondDelta) => seconds.push(second);
    const collector = new Collector({ workerIds: [1, 2], maxEntries: 10, aggregates: [], onSecond });
    collector.take(1, measure(1, [100]));
    const failures = [{ entryId: 0, reason: 'HTTP 500', count: 2 }];
    collector.take(1, measure(2, [1, 2, 3, 4, 5], { firstInterval: 10, lastInterval: 19, failures }));
    collector.finishSeconds();
    const { points } = collector.history;
    expect(points).toHaveLength(20);
    expect(points.map(({ requests }) => requests)).toEqual([
      1,
      ...Array(9).fill(0),
      ...Array(5).fill(1),
      ...Array(5).fill(0),
    ]);
    expect(points.filter(({ isSpread }) => isSpread)).toHaveLength(10);
    expect(seconds.filter(({ isSpread }) => isSpread).map(({ second }) => second)).toEqual(
      Array.from({ length: 10 }, (_, i) => 10 + i),
    );
    expect(collector.statistics.total.latency.count).toBe(6);
    expect(collector.statistics.failures).toMatchObject([{ count: 2, firstSecond: 10, lastSecond: 19 }]);
    expect(collector.notes).toEqual([
      'worker 1 sent 10 seconds in sums of several, since its connection or the master was slow: the totals are exact, the series show their mean',
    ]);
  });

  it('counts of a sum that began in the warm-up only the share of the seconds after it', () => {
    const collector = createCollector([1]);
    collector.countFrom(15);
    collector.take(1, measure(1, Array(100).fill(7), { firstInterval: 10, lastInterval: 19 }));
    expect(collector.statistics.total.counts.ok).toBe(50);
    collector.take(1, measure(2, [7], { firstInterval: 20, lastInterval: 29 }));
    expect(collector.statistics.total.counts.ok).toBe(51);
  });

  it('keeps what is added up for thresholds apart from the entries', () => {
    const seconds: SecondDelta[] = [];
    const collector = new Collector({
      workerIds: [1],
      maxEntries: 1,
      aggregates: ['{tag="a"}'],
      onSecond: (second) => seconds.push(second),
    });
    const newEntries = [
      { id: 0, scenario: 0, method: '', name: '{tag="a"}' },
      { id: 1, scenario: 0, method: 'GET', name: '/' },
    ];
    const requests = [
      { entryId: 0, timesUs: [100] },
      { entryId: 1, timesUs: [100, 200] },
    ];
    const snapshot = createSnapshot(1, requests, { newEntries });
    expect(collector.take(1, snapshot)).toEqual([]);
    collector.finish(1, createFinal([snapshot]));
    collector.finishSeconds();
    expect(collector.statistics.total.counts.ok).toBe(2);
    expect(
      seconds.map(({ aggregates }) => aggregates.map(({ key, counts }) => [key.name, counts.ok])),
    ).toEqual([[['{tag="a"}', 1]]]);
    expect(collector.coverage.gaps).toEqual([]);
  });

  it('tells as many names apart as it may over all workers, and says which came too late', () => {
    const collector = createCollector([1, 2], 2);
    const named = (names: readonly string[]): SnapshotMessage =>
      createSnapshot(
        1,
        names.map((_, entryId) => ({ entryId, timesUs: [100] })),
        {
          newEntries: names.map((name, id) => ({ id, scenario: 0, method: 'GET', name })),
          failures: [{ entryId: names.length - 1, reason: 'HTTP 500', count: 1 }],
        },
      );
    expect(collector.take(1, named(['/a']))).toEqual([]);
    expect(collector.take(2, named(['/b', '/c', '/a', '/d']))).toEqual([1, 3]);
    const { entries, failures } = collector.statistics;
    expect(entries.map(({ key, counts }) => [key.name, counts.ok])).toEqual([
      ['(other)', 2],
      ['/a', 2],
      ['/b', 1],
    ]);
    expect(failures.map(({ key, count }) => [key.name, count])).toEqual([
      ['(other)', 1],
      ['/a', 1],
    ]);
  });

  it('counts nothing of a snapshot that is refused', () => {
    const collector = createCollector([1], 1_000);
    const failures = [{ entryId: 3, reason: 'HTTP 500', count: 1 }];
    expect(() => collector.take(1, measure(1, [100], { failures }))).toThrow('entry 3 has no name');
    expect(() => collector.take(1, measure(1, [100], { crc32: 1 }))).toThrow('damaged');
    const { total, entries } = collector.statistics;
    expect([entries, total.counts.started, collector.history.points]).toEqual([[], 0, []]);
    expect(total.latency.count).toBe(EMPTY_HISTOGRAM.count);
  });

  it('puts a snapshot that comes late into the second that it is of', () => {
    const collector = createCollector([1, 2], 1_000);
    collector.take(1, measure(1, [100]));
    collector.take(1, measure(2, [100, 100], { firstInterval: 3 }));
    collector.take(2, measure(1, [700, 700, 700], { firstInterval: 1 }));
    collector.take(2, measure(2, [800], { firstInterval: 3 }));
    expect(collector.history.points.map(({ requests }) => requests)).toEqual([1, 3, 0, 3]);
    expect(collector.history.points.map(({ latency }) => latency.maxUs)).toEqual([100, 700, 0, 800]);
  });

  it('ignores workers that do not take part', () => {
    const collector = createCollector([1], 1_000);
    collector.take(2, measure(1, [100]));
    collector.finish(2, createFinal([]));
    collector.lose(2, 'it crashed');
    expect(collector.statistics.total.counts.ok).toBe(0);
    expect(collector.outstanding).toEqual([1]);
  });

  it('knows from whom something is still to come', () => {
    const collector = createCollector([1, 2, 3], 1_000);
    expect(collector.outstanding).toEqual([1, 2, 3]);
    collector.finish(2, createFinal([]));
    expect(collector.outstanding).toEqual([1, 3]);
    collector.lose(1, 'it crashed');
    expect(collector.outstanding).toEqual([3]);
  });

  it('says how many workers delivered everything, and what is missing of the others', () => {
    const collector = createCollector([1, 2, 3], 1_000);
    const snapshot = measure(1, [100]);
    for (const worker of [1, 2, 3]) collector.take(worker, snapshot);
    collector.finish(1, createFinal([snapshot]));
    collector.finish(2, { ...createFinal([snapshot]), sequence: 2 });
    collector.lose(3, 'it crashed');
    expect(collector.coverage).toEqual({
      workers: 3,
      complete: 1,
      gaps: [
        'worker 2: 2 snapshots were sent, 1 came',
        'worker 3: nothing collected from second 1 on (it crashed)',
      ],
    });
  });
});
