import {
  countFailures,
  countRequests,
  createCounts,
  createRandom,
  createRunReport,
  decideVerdict,
  type EntryDelta,
  type EntryKey,
  type FailureDelta,
  IntervalHistogram,
  type Random,
  RunRecording,
  type RunResult,
  RunStatistics,
} from '@loadts/core';
import {
  addExceptions,
  createHealth,
  HOSTILE_REASON,
  listEvents,
  RICH_FACTS,
  RICH_START,
  RICH_THRESHOLDS,
  richKeys,
} from './rich-run-facts.ts';

export interface RichRunOptions {
  readonly seconds?: number;
  readonly entries?: number;
}

/** Requests of an entry in a second, more or less. */
const RATE = 14;
/** Where answers are slow and some fail: shares of the run. */
const SPIKE = { from: 0.55, to: 0.63 };
const GAP = 'worker 3: nothing collected from second 372 to 380';

/** A made-up run with everything in it: ramps, a spike with failures, a lost worker, names that try to break out. */
export function createRichRun({ seconds = 600, entries = 20 }: RichRunOptions = {}): RunResult {
  const random = createRandom(42, 'rich run');
  const keys = richKeys(entries);
  const statistics = new RunStatistics();
  const recording = new RunRecording(RICH_START);
  for (let second = 0; second < seconds; second++) {
    const position = second / seconds;
    const load = Math.min(1, 4 * position, 8 * (1 - position) + 0.15);
    const deltas = keys.map((key, index) => createDelta(random, { key, index, position, load }));
    const failures = deltas.flatMap(listFailures);
    const own = new IntervalHistogram();
    for (let i = 0; i < 20; i++) own.record(80 + 900 * random() ** 4);
    const generatorDelay = own.take();
    const exceptions = second === 400 ? addExceptions(statistics) : [];
    statistics.add(deltas);
    statistics.generatorDelay.merge(generatorDelay);
    for (const failure of failures) statistics.addFailure(failure, second);
    const users = Math.round(240 * load);
    const shared = { second, users, countedFrom: 0, late: false };
    const delta = { ...shared, entries: deltas, aggregates: [], failures, exceptions, generatorDelay };
    recording.add({ type: 'interval', delta });
    for (const health of createHealth(random, position, { second, users })) {
      recording.add({ type: 'health', health });
    }
  }
  for (const event of listEvents(seconds)) recording.add({ type: 'event', event });
  recording.add({ type: 'end', report: conclude(statistics, seconds) });
  return recording.result();
}

function conclude(statistics: RunStatistics, seconds: number): ReturnType<typeof createRunReport> {
  const { counts } = statistics.total;
  return createRunReport(statistics, {
    ...RICH_FACTS,
    durationSeconds: seconds,
    coverage: { workers: 4, complete: 3, gaps: [GAP] },
    verdict: decideVerdict({
      requests: countRequests(counts),
      failures: countFailures(counts),
      exceptions: 20,
      scriptErrors: [],
      gaps: [GAP],
      overloads: [],
      thresholds: RICH_THRESHOLDS,
    }),
  });
}

interface Moment {
  readonly key: EntryKey;
  readonly index: number;
  /** 0 to 1, over the run. */
  readonly position: number;
  /** 0 to 1. */
  readonly load: number;
}

function createDelta(random: Random, { key, index, position, load }: Moment): EntryDelta {
  const isSpike = position >= SPIKE.from && position < SPIKE.to;
  const counts = createCounts();
  const histogram = new IntervalHistogram();
  const medianUs = 6_000 * 1.22 ** (index % 14) * (1 + load / 3) * (isSpike ? 6 : 1);
  const requests = Math.round((RATE * load * (1 + random())) / (1 + index / 8));
  for (let i = 0; i < requests; i++) {
    const fails = random() < (isSpike && index < 8 ? 0.12 : 0.0006);
    const outcomes = ['httpError', 'timeout', 'checkFailed'] as const;
    counts[(fails && outcomes[Math.floor(3 * random())]) || 'ok']++;
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

function listFailures({ key, counts }: EntryDelta): FailureDelta[] {
  return [
    { key, reason: 'HTTP 503', count: counts.httpError },
    { key, reason: 'no answer within 2 s', count: counts.timeout },
    { key, reason: HOSTILE_REASON, count: counts.checkFailed },
  ].filter(({ count }) => count > 0);
}
