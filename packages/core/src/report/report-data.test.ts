import { describe, expect, it } from 'vitest';
import { histogramToJson } from '../result/histogram-json.ts';
import type { RunResult } from '../result/run-result.ts';
import { IntervalHistogram } from '../stats/interval-histogram.ts';
import { createReportData } from './report-data.ts';

const histogram = new IntervalHistogram();
for (let valueUs = 1_001; valueUs <= 100_100; valueUs += 1_001) histogram.record(valueUs);
const LATENCY = histogramToJson(histogram.take());
const EMPTY = histogramToJson(histogram.take());

const ENTRY = { method: 'GET', name: '/', averageMs: 50.5505, percentilesMs: [50.0812], latency: LATENCY };
const RESULT = {
  script: 'load.ts',
  total: { ...ENTRY, serviceLatency: LATENCY },
  entries: [ENTRY],
  generatorDelay: EMPTY,
  series: {
    spanSeconds: 1,
    requests: [100, 0],
    latency: [LATENCY, EMPTY],
    entries: [{ method: 'GET', name: '/', spanSeconds: 1, requests: [12_345], p50Ms: [50.0812, null] }],
  },
  workerSeries: [{ workerId: 1, spanSeconds: 1, cpu: [0.123456, null] }],
} as unknown as RunResult;

describe('the data of a report', () => {
  const data = createReportData(RESULT);

  it('has the numbers of the tables as they are, and curves in place of histograms', () => {
    const { latency: _, ...entry } = ENTRY;
    expect(data.entries).toEqual([{ ...entry, curve: data.total.curve }]);
    expect(data.total.serviceCurve).toEqual(data.total.curve);
    expect(data.script).toBe('load.ts');
    expect(JSON.stringify(data)).not.toContain('buckets');
  });

  it('has percentiles over time, to three digits, and none where nothing was measured', () => {
    const { p50Ms, p99Ms, maxMs, requests } = data.series;
    expect({ p50Ms, p99Ms, maxMs, requests }).toEqual({
      p50Ms: [50.1, null],
      p99Ms: [99.1, null],
      maxMs: [100, null],
      requests: [100, 0],
    });
  });

  it('rounds what only charts show, but no counts', () => {
    expect(data.series.entries[0]).toMatchObject({ requests: [12_345], p50Ms: [50.1, null] });
    expect(data.workerSeries[0]).toMatchObject({ workerId: 1, cpu: [0.123, null] });
  });
});
