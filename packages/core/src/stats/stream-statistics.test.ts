import { describe, expect, it } from 'vitest';
import { createRunReport, type RunFacts } from '../run/run-report.ts';
import { streamTimeKey } from '../stream/stream-time.ts';
import { RunStatistics } from './run-statistics.ts';
import { histogramOf, okCounts } from './samples.case.ts';

const CHAT = { method: 'POST', name: '/chat' };
const FACTS = { durationSeconds: 2, skippedSeconds: 0 } as RunFacts;

describe('the times of streams', () => {
  it('are merged beside their entry, and in no total', () => {
    const statistics = new RunStatistics();
    const latency = histogramOf([1_000]);
    statistics.add([{ key: CHAT, counts: okCounts(1), latency }]);
    for (const times of [[10_000], [30_000]]) {
      statistics.addStreamTimes([
        { key: streamTimeKey('ttfe', CHAT), counts: okCounts(1), latency: histogramOf(times) },
        { key: { method: '', name: 'of a threshold' }, counts: okCounts(1), latency },
      ]);
    }
    const { total, streams } = createRunReport(statistics, FACTS);
    expect(total.requests).toBe(1);
    expect(streams).toMatchObject([
      { ...CHAT, events: 2, eventsPerSecond: 1, firstEvent: { minMs: 10, maxMs: 30 } },
    ]);
    expect(Object.keys(streams?.[0] ?? {})).not.toContain('gap');
  });

  it('are absent where there were no streams', () => {
    const statistics = new RunStatistics();
    statistics.add([{ key: CHAT, counts: okCounts(1), latency: histogramOf([1]) }]);
    expect(createRunReport(statistics, FACTS)).not.toHaveProperty('streams');
  });
});
