import { addCounts, countEnded, createCounts, LatencyHistogram, sparseChecksum } from '@loadts/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistogram } from './sample-snapshot.case.ts';
import { spreadDelta } from './spread-delta.ts';
import type { Delta } from './worker-intake.ts';

const key = { method: 'GET', name: '/' };

function deltaOf(timesUs: readonly number[], seconds: number, entries = 1): Delta {
  const counts = { ...createCounts(), started: timesUs.length, ok: timesUs.length };
  const latency = createHistogram(timesUs);
  return {
    interval: 40,
    lastInterval: 40 + seconds - 1,
    users: 7,
    entries: Array.from({ length: entries }, () => ({ key, counts, latency, service: latency })),
    aggregates: [{ key, counts, latency }],
    generatorDelay: latency,
    failures: [],
    exceptions: [{ userClass: 'A', task: 'b', message: 'c', stack: '', count: 11 }],
    arrivals: [{ scenario: 0, next: 9, asked: 5, started: 2, dropped: 3, left: 0, queuedMost: 1 }],
    refused: [],
  };
}

describe('a delta of several seconds', () => {
  it('becomes one for each, which together are exactly what came', () => {
    const times = fc.array(fc.oneof(fc.nat(5_000), fc.nat(3_600_000_000)), { maxLength: 60 });
    fc.assert(
      fc.property(times, fc.integer({ min: 1, max: 25 }), (timesUs, seconds) => {
        const delta = deltaOf(timesUs, seconds);
        const parts = spreadDelta(delta);
        expect(parts.map(({ interval }) => interval)).toEqual(
          Array.from({ length: seconds }, (_, i) => 40 + i),
        );
        const [counts, latency] = [createCounts(), new LatencyHistogram()];
        let checksum = 0;
        for (const part of parts.flatMap(({ entries }) => entries)) {
          addCounts(counts, part.counts);
          latency.merge(part.latency);
          checksum = (checksum + sparseChecksum(part.latency)) >>> 0;
          expect(countEnded(part.counts)).toBe(part.latency.count);
        }
        const [whole] = delta.entries;
        expect(counts).toEqual(whole?.counts);
        expect([latency.count, latency.sumUs, checksum]).toEqual([
          whole?.latency.count,
          whole?.latency.sumUs,
          whole && sparseChecksum(whole.latency),
        ]);
        const sumOf = (read: (part: Delta) => number): number =>
          parts.reduce((sum, part) => sum + read(part), 0);
        expect(sumOf(({ exceptions }) => exceptions[0]?.count ?? 0)).toBe(11);
        const arrived = (['asked', 'started', 'dropped', 'left'] as const).map((field) =>
          sumOf(({ arrivals }) => arrivals[0]?.[field] ?? 0),
        );
        expect(arrived).toEqual([5, 2, 3, 0]);
      }),
    );
  });

  it('is spread evenly, each share with times of the whole range', () => {
    const timesUs = Array.from({ length: 1_000 }, (_, i) => i + 1);
    for (const { entries, users } of spreadDelta(deltaOf(timesUs, 10))) {
      const { latency } = entries[0] ?? expect.fail();
      expect([users, latency.count]).toEqual([7, 100]);
      expect(latency.indexes[0]).toBeLessThanOrEqual(10);
      expect(latency.indexes.at(-1)).toBeGreaterThanOrEqual(990);
    }
  });

  it('does not put what is left over of every entry into the same second', () => {
    const counts = spreadDelta(deltaOf([5], 10, 10)).map(({ entries }) =>
      entries.reduce((sum, { latency }) => sum + latency.count, 0),
    );
    expect(counts).toEqual(Array(10).fill(1));
  });

  it('of one second stays what it is', () => {
    const delta = deltaOf([5, 6], 1);
    expect(spreadDelta(delta)).toEqual([delta]);
  });
});
