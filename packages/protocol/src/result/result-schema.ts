import { findHistogramProblem, REPORT_PERCENTILES, RESULT_FORMAT, RESULT_VERSION } from '@loadts/core';
import * as z from 'zod';
import type { Complete, StoredResult } from './stored-result.ts';

const MAX_BUCKET_COUNT = 0xffffffff;
const EVENT_KINDS = [
  'stage',
  'users',
  'rate',
  'pause',
  'resume',
  'reset',
  'stop',
  'threshold',
  'workerJoined',
  'workerMissing',
  'workerReturned',
  'workerLeft',
  'workerLost',
  'note',
] as const;

const count = z.int().min(0);
const amount = z.number().min(0);
const texts = z.array(z.string());
const scenario = z.string().describe('Where the script names its scenarios.');
const amounts = z.array(amount);
const amountsOrNull = z.array(amount.nullable());

const histogram = z
  .object({
    count,
    sumUs: amount,
    minUs: amount,
    maxUs: amount,
    buckets: z
      .array(count.max(MAX_BUCKET_COUNT))
      .describe('Pairs: how much further the index of the bucket is than the one before, and its count.'),
  })
  .superRefine((value, context) => {
    const problem = findHistogramProblem(value);
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
  })
  .meta({
    id: 'Histogram',
    description: 'A latency histogram: 1 us to 1 h, 3 significant digits, times in whole microseconds.',
  });

const machine = z.object({
  hostname: z.string(),
  platform: z.string(),
  node: z.string(),
  loadts: z.string(),
  cores: count,
});

const workerFacts = z.object({
  id: count,
  hostname: z.string(),
  pid: count,
  cores: count,
  loadts: z.string(),
});

const classFacts = z.object({
  name: z.string(),
  weight: amount,
  fixedCount: count.optional(),
  tasks: z.array(z.object({ name: z.string(), share: amount })),
});

const times = {
  averageMs: amount,
  minMs: amount,
  maxMs: amount,
  medianMs: amount,
  percentilesMs: amounts
    .length(REPORT_PERCENTILES.length)
    .describe(`The percentiles ${REPORT_PERCENTILES.join(', ')}.`),
  measured: count.describe('Requests with a measured time; without connection errors.'),
};

const counts = z.object({
  started: count,
  ok: count,
  httpError: count,
  checkFailed: count,
  timeout: count,
  connectionError: count,
  aborted: count,
  retried: count,
  bytesReceived: count,
});

const entryReport = {
  scenario: scenario.optional(),
  method: z.string(),
  name: z.string(),
  requests: count,
  failures: count,
  ...times,
  averageBytes: amount,
  requestsPerSecond: amount,
  failuresPerSecond: amount,
  service: z.object(times).optional(),
  ttfb: z.object(times).optional(),
};

const entry = z
  .object({
    ...entryReport,
    counts,
    latency: histogram,
    serviceLatency: histogram.optional(),
    ttfbLatency: histogram.optional(),
  })
  .meta({
    id: 'Entry',
    description: 'The requests of one method and name; times in milliseconds, 0 where nothing was measured.',
  });

const entrySeries = z.object({
  scenario: scenario.optional(),
  method: z.string(),
  name: z.string(),
  spanSeconds: amount,
  requests: amounts,
  failures: amounts,
  p50Ms: amountsOrNull,
  p95Ms: amountsOrNull,
  p99Ms: amountsOrNull,
});

const series = z
  .object({
    spanSeconds: amount.describe('Seconds that one value of each column stands for.'),
    users: amounts,
    started: amounts,
    requests: amounts,
    failures: amounts,
    dropped: amounts,
    latency: z.array(histogram),
    entries: z.array(entrySeries),
  })
  .describe('All requests together, span by span; the columns are equally long.');

const workerSeries = z.object({
  workerId: count,
  spanSeconds: amount,
  users: amountsOrNull,
  loopDelayMs: amountsOrNull,
  sendDelayMs: amountsOrNull,
  utilization: amountsOrNull,
  cpu: amountsOrNull,
  collectingMs: amountsOrNull,
  memoryMb: amountsOrNull,
});

const threshold = z.object({
  threshold: z.string(),
  observed: z.number().optional(),
  passed: z.boolean(),
  reason: z.string(),
  failedAtSecond: amount.optional(),
});

const failure = z.object({
  key: z.object({ scenario: scenario.optional(), method: z.string(), name: z.string() }),
  reason: z.string(),
  count,
  firstSecond: z.number(),
  lastSecond: z.number(),
});

const exception = z.object({
  userClass: z.string(),
  task: z.string(),
  message: z.string(),
  stack: z.string(),
  count,
  workers: z.array(count),
});

const arrivals = z.object({
  asked: count,
  started: count,
  dropped: count,
  left: count,
  lost: count,
  queuedMost: count,
  maxUsers: count,
});

const scenarioReport = z.object({
  name: z.string(),
  startSecond: amount,
  endSecond: amount,
  peakUsers: amount.optional(),
  total: z.object(entryReport),
  arrivals: arrivals.optional(),
});

const stream = z.object({
  scenario: scenario.optional(),
  method: z.string(),
  name: z.string(),
  firstEvent: z.object(times).optional(),
  gap: z.object(times).optional(),
  perEvent: z.object(times).optional(),
  events: count,
  eventsPerSecond: amount,
});

const drift = z.object({
  fromSecond: amount,
  seconds: amount,
  changes: z.array(
    z.object({
      metric: z.string(),
      first: amount,
      last: amount,
      change: z.number().describe('As a share of the first; of errors, the difference of the shares.'),
      low: z.number(),
      high: z.number(),
    }),
  ),
  trend: z.string().optional(),
});

const event = z.object({
  second: amount,
  kind: z.enum(EVENT_KINDS),
  text: z.string(),
  by: z.literal('user').optional(),
  values: z.record(z.string(), z.union([z.number(), z.string()])).optional(),
});

const option = z.union([z.string(), z.number(), z.boolean(), texts, z.null()]);

/** What a result file holds. Fields that a later release adds are ignored. */
const schema = z
  .object({
    format: z.literal(RESULT_FORMAT),
    version: z.literal(RESULT_VERSION),
    id: z.string(),
    script: z.string(),
    scriptHash: z.string(),
    host: z.string().optional(),
    startedAt: z.string().describe('ISO 8601.'),
    seed: z.number(),
    options: z.record(z.string(), option).describe('Resolved options by name, secrets masked.'),
    thresholdTexts: texts,
    master: machine,
    workers: z.array(workerFacts),
    classes: z.array(classFacts),
    durationSeconds: amount,
    peakUsers: amount,
    stopReason: z.string().optional(),
    skippedSeconds: amount.describe('Seconds at the beginning that are in no number but the series.'),
    thresholds: z.array(threshold),
    total: entry,
    entries: z.array(entry),
    streams: z.array(stream).optional().describe('When the events of streamed answers came.'),
    failures: z.array(failure),
    exceptions: z.array(exception),
    aborted: count,
    retried: count,
    generatorDelayP99Ms: amount,
    generatorDelay: histogram,
    arrivals: arrivals.optional(),
    scenarios: z.array(scenarioReport).optional(),
    drift: drift.optional().describe('The last third of the steady state against the first.'),
    coverage: z.object({ workers: count, complete: count, gaps: texts }),
    warnings: texts,
    verdict: z.object({ kind: z.enum(['pass', 'fail', 'invalid', 'incomplete']), reasons: texts }),
    series,
    workerSeries: z.array(workerSeries),
    events: z.array(event),
  })
  .meta({ title: 'The result of a loadts run', description: 'What loadts run --json FILE writes.' });

export const resultSchema: z.ZodType<StoredResult> = schema;

/** What the schema describes has to be all of the type, and no more: the compiler says so here where it is not. */
export function asDescribed(result: StoredResult): object {
  const described: z.output<typeof schema> = result;
  return described as Complete<typeof described> satisfies Complete<StoredResult>;
}

/** The schema for programs in other languages. */
export function resultJsonSchema(): object {
  return z.toJSONSchema(schema, { io: 'input', target: 'draft-2020-12' });
}
