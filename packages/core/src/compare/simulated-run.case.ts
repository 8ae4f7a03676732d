import { createRandom } from '../random.ts';
import { histogramToJson } from '../result/histogram-json.ts';
import type { EntryResult } from '../result/run-result.ts';
import { IntervalHistogram } from '../stats/interval-histogram.ts';
import { createCounts } from '../stats/outcome.ts';
import type { SparseHistogram } from '../stats/sparse-histogram.ts';
import { sparsePercentileUs } from '../stats/sparse-histogram.ts';
import { drawNormal } from './block-bootstrap.ts';
import type { ComparableResult } from './compared-entry.ts';

export interface SimulatedRun {
  readonly seed: number;
  /** The median, in milliseconds. */
  readonly medianMs: number;
  readonly seconds?: number;
  readonly requestsPerSecond?: number;
  /** Deviation of the logarithm of a second's times from those of other seconds. */
  readonly noise?: number;
  readonly failureShare?: number;
  /** Deviation of the logarithm of the whole run's times from those of other runs. */
  readonly runNoise?: number;
}

const MEMORY = 0.7;
const SPREAD = 0.25;

/** A run as it may come out: log-normal times around a level that drifts from second to second. */
export function simulateRun(run: SimulatedRun): ComparableResult {
  const { seed, medianMs, seconds = 60, requestsPerSecond = 20, noise = 0.05, failureShare = 0 } = run;
  const random = createRandom(seed, 'simulated run');
  const levelOfRun = medianMs * Math.exp((run.runNoise ?? 0) * drawNormal(random));
  const whole = new IntervalHistogram();
  const spans: { latency: SparseHistogram; requests: number; failures: number }[] = [];
  let drift = noise * drawNormal(random);
  for (let second = 0; second < seconds; second++) {
    drift = MEMORY * drift + noise * Math.sqrt(1 - MEMORY ** 2) * drawNormal(random);
    const requests = Math.max(1, Math.round(requestsPerSecond * (1 + 0.1 * drawNormal(random))));
    const histogram = new IntervalHistogram();
    let failures = 0;
    for (let i = 0; i < requests; i++) {
      histogram.record(levelOfRun * 1_000 * Math.exp(drift + SPREAD * drawNormal(random)));
      if (random() < failureShare) failures++;
    }
    const latency = histogram.take();
    whole.merge(latency);
    spans.push({ latency, requests, failures });
  }
  return resultOf(whole.take(), spans);
}

function resultOf(
  whole: SparseHistogram,
  spans: readonly { latency: SparseHistogram; requests: number; failures: number }[],
): ComparableResult {
  const requests = spans.map((span) => span.requests);
  const failures = spans.map((span) => span.failures);
  const percentile = (wanted: number): number[] =>
    spans.map(({ latency }) => sparsePercentileUs(latency, wanted) / 1_000);
  const entry = entryOf(whole, requests, failures);
  return {
    durationSeconds: spans.length,
    skippedSeconds: 0,
    total: entry,
    entries: [entry],
    series: {
      spanSeconds: 1,
      users: requests,
      started: requests,
      requests,
      failures,
      dropped: [],
      latency: spans.map(({ latency }) => histogramToJson(latency)),
      entries: [
        {
          method: 'GET',
          name: '/a',
          spanSeconds: 1,
          requests,
          failures,
          p50Ms: percentile(50),
          p95Ms: percentile(95),
          p99Ms: percentile(99),
        },
      ],
    },
  };
}

function entryOf(whole: SparseHistogram, requests: number[], failures: number[]): EntryResult {
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  return {
    method: 'GET',
    name: '/a',
    requests: sum(requests),
    failures: sum(failures),
    averageMs: 0,
    minMs: 0,
    maxMs: 0,
    medianMs: 0,
    percentilesMs: [],
    measured: whole.count,
    averageBytes: 0,
    requestsPerSecond: 0,
    failuresPerSecond: 0,
    counts: createCounts(),
    latency: histogramToJson(whole),
  };
}
