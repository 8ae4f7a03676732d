import { describe, expect, it } from 'vitest';
import { createCounts } from '../stats/outcome.ts';
import { RunStatistics } from '../stats/run-statistics.ts';
import { histogramOf } from '../stats/samples.case.ts';
import { createRunReport, REPORT_PERCENTILES, type RunFacts, reportEntry } from './run-report.ts';

const facts: RunFacts = {
  script: 'load.ts',
  host: 'http://127.0.0.1:1',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationSeconds: 10,
  seed: 1,
  skippedSeconds: 0,
  thresholds: [],
  peakUsers: 5,
  coverage: { workers: 2, complete: 2, gaps: [] },
  warnings: ['short'],
  verdict: { kind: 'fail', reasons: ['1 of 5 requests failed'] },
};

function collect(): RunStatistics {
  const statistics = new RunStatistics();
  const counts = { ...createCounts(), started: 7, ok: 3, httpError: 1, connectionError: 1, aborted: 2 };
  statistics.add([
    {
      key: { method: 'GET', name: '/' },
      counts: { ...counts, retried: 4, bytesReceived: 1_000 },
      latency: histogramOf([1_000, 2_000, 3_000, 10_000]),
    },
  ]);
  statistics.addFailure({ key: { method: 'GET', name: '/' }, reason: 'status 500', count: 1 }, 0);
  statistics.addException({ userClass: 'A', task: 'a', message: 'm', stack: 's', count: 1 }, 1);
  return statistics;
}

describe('reportEntry', () => {
  it('counts requests that ended by themselves, and times those that were measured', () => {
    expect(reportEntry(collect().total, 10)).toMatchObject({
      method: '',
      name: 'Aggregated',
      requests: 5,
      failures: 2,
      measured: 4,
      averageMs: 4,
      minMs: 1,
      maxMs: 10,
      medianMs: 2,
      averageBytes: 200,
      requestsPerSecond: 0.5,
      failuresPerSecond: 0.2,
    });
  });

  it('has a value for each percentile, from the median to the exact maximum', () => {
    const { percentilesMs, medianMs, maxMs } = reportEntry(collect().total, 10);
    expect(percentilesMs).toHaveLength(REPORT_PERCENTILES.length);
    expect([percentilesMs[0], percentilesMs.at(-1)]).toEqual([medianMs, maxMs]);
  });

  it('has times to the first byte where they were measured, of the entry and of all', () => {
    const statistics = new RunStatistics();
    const delta = (name: string) => ({
      key: { method: 'GET', name },
      counts: { ...createCounts(), started: 2, ok: 2 },
      latency: histogramOf([5_000, 9_000]),
    });
    statistics.add([delta('/plain'), { ...delta('/stream'), ttfb: histogramOf([1_000, 2_000]) }]);
    const [plain, stream, total] = [...statistics.entries, statistics.total].map((e) => reportEntry(e, 1));
    expect(stream?.ttfb).toMatchObject({ minMs: 1, maxMs: 2, measured: 2 });
    expect([plain && 'ttfb' in plain, total?.ttfb]).toEqual([false, stream?.ttfb]);
  });

  it('is all zeros where nothing was measured, also after no time', () => {
    const { method, name, percentilesMs, ...numbers } = reportEntry(new RunStatistics().total, 0);
    expect([method, name]).toEqual(['', 'Aggregated']);
    expect(new Set([...percentilesMs, ...Object.values(numbers)])).toEqual(new Set([0]));
  });
});

describe('createRunReport', () => {
  it('joins the facts with the numbers', () => {
    const statistics = collect();
    statistics.generatorDelay.merge(histogramOf([100, 2_500]));
    const report = createRunReport(statistics, facts);
    expect(report).toMatchObject(facts);
    expect(report).toMatchObject({ aborted: 2, retried: 4, generatorDelayP99Ms: 2.5 });
    expect(report.entries).toEqual([{ ...report.total, method: 'GET', name: '/' }]);
    expect(report.failures).toEqual(statistics.failures);
    expect(report.exceptions).toEqual(statistics.exceptions);
  });
});
