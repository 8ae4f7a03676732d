import {
  addCounts,
  createCounts,
  createRandom,
  createRunReport,
  type EntryCounts,
  type EntryDelta,
  type EntryKey,
  type EntrySeries,
  type HistogramJson,
  IntervalHistogram,
  type Random,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunResult,
  RunStatistics,
  type SparseHistogram,
  sparsePercentileUs,
} from '@loadts/core';
import { describeRichRun, HOSTILE_REASON, richKeys } from './rich-run-facts.ts';

export interface RichRunOptions {
  readonly seconds?: number;
  readonly entries?: number;
  /** Requests of an entry in a second, more or less. */
  readonly rate?: number;
}

/** Seconds with slow answers and errors. */
const SPIKE = { from: 0.55, to: 0.63 };

/** A made-up run with everything in it: ramps, a spike with failures, a lost worker, names that try to break out. */
export function createRichRun({ seconds = 600, entries = 20, rate = 14 }: RichRunOptions = {}): RunResult {
  const random = createRandom(42, 'rich run');
  const keys = richKeys(entries);
  const statistics = new RunStatistics();
  const columns = createColumns(keys);
  for (let second = 0; second < seconds; second++) {
    const position = second / seconds;
    const load = Math.min(1, 4 * position, 8 * (1 - position) + 0.15);
    const deltas = keys.map((key, index) => createDelta(random, { key, index, position, load: load * rate }));
    const { counts, latency } = statistics.add(deltas);
    columns.addTotal(counts, latency, Math.round(240 * load));
    deltas.forEach((delta, index) => columns.addEntry(index, delta));
    for (const delta of deltas) addFailures(statistics, delta, second);
  }
  addExceptions(statistics);
  const { start, facts, events, workerSeries } = describeRichRun(seconds, statistics);
  const report = createRunReport(statistics, facts);
  return {
    format: RESULT_FORMAT,
    version: RESULT_VERSION,
    ...start,
    ...report,
    total: {
      ...report.total,
      counts: statistics.total.counts,
      latency: columns.totalLatency,
    },
    entries: report.entries.map((entry) => {
      const index = keys.findIndex(({ method, name }) => method === entry.method && name === entry.name);
      return { ...entry, ...columns.entryTotals(index) };
    }),
    generatorDelay: columns.totalLatency,
    series: columns.series,
    workerSeries,
    events,
  };
}

function addFailures(statistics: RunStatistics, { key, counts }: EntryDelta, second: number): void {
  const reasons = { httpError: 'HTTP 503', timeout: 'no answer within 2 s', checkFailed: HOSTILE_REASON };
  for (const field of ['httpError', 'timeout', 'checkFailed'] as const) {
    const count = counts[field];
    if (count > 0) statistics.addFailure({ key, reason: reasons[field], count }, second);
  }
}

interface Moment {
  readonly key: EntryKey;
  readonly index: number;
  /** 0 to 1, over the run. */
  readonly position: number;
  readonly load: number;
}

function createDelta(random: Random, { key, index, position, load }: Moment): EntryDelta {
  const isSpike = position >= SPIKE.from && position < SPIKE.to;
  const counts = createCounts();
  const histogram = new IntervalHistogram();
  const medianUs = 6_000 * 1.22 ** (index % 14) * (1 + load / 40) * (isSpike ? 6 : 1);
  const requests = Math.round((load * (1 + random())) / (1 + index / 8));
  for (let i = 0; i < requests; i++) {
    const fails = random() < (isSpike && index < 8 ? 0.12 : 0.0006);
    const outcome = fails
      ? (['httpError', 'timeout', 'checkFailed'] as const)[Math.floor(3 * random())]
      : 'ok';
    counts[outcome ?? 'ok']++;
    const isCached = index % 4 === 0 && random() < 0.3;
    histogram.record((isCached ? medianUs / 5 : medianUs) * Math.exp(0.45 * gaussian(random)));
  }
  counts.started = requests;
  counts.bytesReceived = requests * (400 + 911 * index);
  return { key, counts, latency: histogram.take() };
}

function gaussian(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

interface Columns {
  readonly totalLatency: HistogramJson;
  readonly series: RunResult['series'];
  addTotal(counts: Readonly<EntryCounts>, latency: SparseHistogram, users: number): void;
  addEntry(index: number, delta: EntryDelta): void;
  entryTotals(index: number): { readonly counts: EntryCounts; readonly latency: HistogramJson };
}

function createColumns(keys: readonly EntryKey[]): Columns {
  const all = new IntervalHistogram();
  const own = keys.map(() => ({ counts: createCounts(), histogram: new IntervalHistogram() }));
  const latency: HistogramJson[] = [];
  const [users, started, requests, failures]: number[][] = [[], [], [], []];
  const entries = keys.map((key) => ({ ...key, spanSeconds: 1, ...emptyColumns() }));
  return {
    get totalLatency() {
      const taken = all.take();
      all.merge(taken);
      return toJson(taken);
    },
    series: {
      spanSeconds: 1,
      users: users as number[],
      started: started as number[],
      requests: requests as number[],
      failures: failures as number[],
      dropped: [],
      latency,
      entries: entries satisfies EntrySeries[],
    },
    addTotal(counts, histogram, count) {
      all.merge(histogram);
      latency.push(toJson(histogram));
      users?.push(count);
      started?.push(counts.started);
      requests?.push(counts.started);
      failures?.push(counts.started - counts.ok);
    },
    addEntry(index, { counts, latency: histogram }) {
      const series = entries[index];
      own[index]?.histogram.merge(histogram);
      addCounts(own[index]?.counts ?? createCounts(), counts);
      const percentile = (p: number): number | null =>
        histogram.count > 0 ? sparsePercentileUs(histogram, p) / 1_000 : null;
      series?.requests.push(counts.started);
      series?.failures.push(counts.started - counts.ok);
      series?.p50Ms.push(percentile(50));
      series?.p95Ms.push(percentile(95));
      series?.p99Ms.push(percentile(99));
    },
    entryTotals(index) {
      const { counts = createCounts(), histogram = new IntervalHistogram() } = own[index] ?? {};
      return { counts, latency: toJson(histogram.take()) };
    },
  };
}

function emptyColumns(): Record<'requests' | 'failures', number[]> &
  Record<'p50Ms' | 'p95Ms' | 'p99Ms', (number | null)[]> {
  return { requests: [], failures: [], p50Ms: [], p95Ms: [], p99Ms: [] };
}

function toJson({ count, sumUs, minUs, maxUs, indexes, counts }: SparseHistogram): HistogramJson {
  const buckets = [...indexes].flatMap((index, i) => [index - (indexes[i - 1] ?? 0), counts[i] as number]);
  return { count, sumUs, minUs, maxUs, buckets };
}

function addExceptions(statistics: RunStatistics): void {
  const stack = `TypeError: Cannot read properties of undefined (reading 'id')
    at Shopper.checkout (load.ts:48:31)
    at Shopper.order (load.ts:61:5)`;
  const exception = { userClass: 'Shopper', task: 'checkout', count: 17, stack };
  statistics.addException({ ...exception, message: `Cannot read properties of undefined (reading 'id')` }, 2);
  statistics.addException({ ...exception, message: HOSTILE_REASON, stack: '', count: 3 }, 4);
}
