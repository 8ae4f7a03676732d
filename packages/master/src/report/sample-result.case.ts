import {
  addCounts,
  createCounts,
  createRunReport,
  type EntryKey,
  type EntryResult,
  type EntryStatistics,
  entryId,
  type HistogramJson,
  IntervalHistogram,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunReport,
  type RunResult,
  RunStatistics,
  type SparseHistogram,
  sparsePercentileUs,
} from '@loadts/core';

/** What one entry did in one second. Times in milliseconds; the first `failures` of them failed. */
export interface SampledSecond {
  readonly second: number;
  readonly key: EntryKey;
  readonly timesMs: readonly number[];
  readonly failures?: number;
  readonly reason?: string;
}

export const machine = {
  hostname: 'host-a',
  platform: 'linux x64',
  node: 'v22.12.0',
  loadts: '0.1.0',
  cores: 4,
} as const;

/** A result whose numbers follow from what was sampled, as those of a run do. */
export function resultOf(sampled: readonly SampledSecond[], fields: Partial<RunResult> = {}): RunResult {
  const statistics = new RunStatistics();
  const latencies = new Map<string, IntervalHistogram>();
  const seconds = Math.max(0, ...sampled.map(({ second }) => second + 1));
  const spans = Array.from({ length: seconds }, () => ({
    counts: createCounts(),
    latency: new IntervalHistogram(),
  }));
  for (const { second, key, timesMs, failures = 0, reason = 'HTTP 500' } of sampled) {
    const histogram = new IntervalHistogram();
    for (const ms of timesMs) histogram.record(Math.round(ms * 1_000));
    const latency = histogram.take();
    const ok = timesMs.length - failures;
    const bytesReceived = 100 * timesMs.length;
    const counts = { ...createCounts(), started: timesMs.length, ok, httpError: failures, bytesReceived };
    statistics.add([{ key, counts, latency }]);
    if (failures > 0) statistics.addFailure({ key, reason, count: failures }, second);
    const span = spans[second] as (typeof spans)[number];
    addCounts(span.counts, counts);
    span.latency.merge(latency);
    for (const id of [entryId(key), '']) {
      const whole = latencies.get(id) ?? new IntervalHistogram();
      whole.merge(latency);
      latencies.set(id, whole);
    }
  }
  const report = createRunReport(statistics, { ...factsOf(seconds), ...pickFacts(fields) });
  const withHistogram = (entry: EntryStatistics, id: string): EntryResult => ({
    ...(id === ''
      ? report.total
      : (report.entries.find(({ method, name }) => entryId({ method, name }) === id) as EntryResult)),
    counts: { ...entry.counts },
    latency: jsonOf(latencies.get(id)?.take() ?? emptyHistogram()),
  });
  const latency = spans.map((span) => span.latency.take());
  return {
    ...report,
    ...startOf(),
    total: withHistogram(statistics.total, ''),
    entries: statistics.entries.map((entry) => withHistogram(entry, entryId(entry.key))),
    generatorDelay: jsonOf(emptyHistogram()),
    series: {
      spanSeconds: 1,
      users: spans.map(() => 10),
      started: spans.map(({ counts }) => counts.started),
      requests: spans.map(({ counts }) => counts.started),
      failures: spans.map(({ counts }) => counts.httpError),
      dropped: [],
      latency: latency.map(jsonOf),
      entries: statistics.entries.map(({ key }) => entrySeries(key, sampled, seconds)),
    },
    workerSeries: [],
    events: [],
    ...fields,
  };
}

function entrySeries(key: EntryKey, sampled: readonly SampledSecond[], seconds: number) {
  const at = Array.from({ length: seconds }, (_, second) =>
    sampled.filter((sample) => sample.second === second && entryId(sample.key) === entryId(key)),
  );
  const percentile = (wanted: number) =>
    at.map((samples) => {
      const histogram = new IntervalHistogram();
      for (const ms of samples.flatMap(({ timesMs }) => timesMs)) histogram.record(Math.round(ms * 1_000));
      const taken = histogram.take();
      return taken.count === 0 ? null : sparsePercentileUs(taken, wanted) / 1_000;
    });
  const total = (count: (sample: SampledSecond) => number) =>
    at.map((samples) => samples.reduce((sum, sample) => sum + count(sample), 0));
  return {
    ...key,
    spanSeconds: 1,
    requests: total(({ timesMs }) => timesMs.length),
    failures: total(({ failures = 0 }) => failures),
    p50Ms: percentile(50),
    p95Ms: percentile(95),
    p99Ms: percentile(99),
  };
}

export function jsonOf({ indexes, counts, ...totals }: SparseHistogram): HistogramJson {
  const buckets = [...indexes].flatMap((index, i) => [
    index - (i === 0 ? 0 : (indexes[i - 1] as number)),
    counts[i] as number,
  ]);
  return { ...totals, buckets };
}

function emptyHistogram(): SparseHistogram {
  return new IntervalHistogram().take();
}

type Facts = Parameters<typeof createRunReport>[1];

function factsOf(seconds: number): Facts {
  return {
    script: 'load.ts',
    host: 'http://127.0.0.1:8000',
    startedAt: '2026-11-21T14:03:22.518Z',
    durationSeconds: seconds,
    seed: 42,
    peakUsers: 10,
    skippedSeconds: 0,
    thresholds: [],
    coverage: { workers: 2, complete: 2, gaps: [] },
    warnings: [],
    verdict: { kind: 'pass', reasons: [] },
  };
}

function pickFacts({ durationSeconds, skippedSeconds }: Partial<RunReport>): Partial<Facts> {
  return {
    ...(durationSeconds === undefined ? undefined : { durationSeconds }),
    ...(skippedSeconds === undefined ? undefined : { skippedSeconds }),
  };
}

function startOf() {
  return {
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    id: '20261121-140322-1a2b',
    scriptHash: 'ab12',
    options: { users: 10 },
    thresholdTexts: [],
    master: machine,
    workers: [1, 2].map((id) => ({ id, hostname: 'host-a', pid: 100 + id, cores: 4, loadts: '0.1.0' })),
    classes: [{ name: 'Buyer', weight: 1, fixedCount: undefined, tasks: [{ name: 'buy', share: 1 }] }],
  };
}

/** Names that no report may trip over. */
export const HOSTILE_NAMES: readonly string[] = [
  '=cmd()',
  'a "quoted" \'name\'',
  'two\nlines\tand a tab',
  '</script><!-- ]]> & <b>',
  'ünïcode 名前 🎉',
  'control \u0000\u0007\u001b[31m',
  'a | pipe, a % percent :: and `ticks`',
];

/** Some seconds of a few names, with failures, from a seed of its own. */
export function sampledRun(seconds: number, names: readonly string[], slowness = 1): SampledSecond[] {
  return Array.from({ length: seconds }, (_, second) =>
    names.map(
      (name, i): SampledSecond => ({
        second,
        key: { method: i % 2 === 0 ? 'GET' : 'POST', name },
        timesMs: Array.from({ length: 3 + ((second + i) % 4) }, (_, n) => slowness * (5 + 7 * i + 3 * n)),
        failures: (second + i) % 3 === 0 ? 1 : 0,
        reason: `HTTP 500 at ${name}`,
      }),
    ),
  ).flat();
}
