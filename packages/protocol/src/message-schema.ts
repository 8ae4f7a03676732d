import { GOODPUT_TIMES, HTTP_ENGINES, WHEN_BUSY } from '@loadts/core';
import * as z from 'zod';
import { boundedList } from './bounded-list.ts';
import type { MasterMessage, WorkerMessage } from './message.ts';
import { MAX_SCENARIOS } from './run-scenario.ts';
import { TEXT_LIMITS } from './text-limits.ts';
import { MAX_BUNDLE_BYTES } from './version.ts';

const count = z.int().min(0);
const text = (limit: number): z.ZodString => z.string().max(limit);
const bytes = z.instanceof(Uint8Array);
const spawnRate = z.union([z.number().positive(), z.literal('all')]);
const durationMs = z.number().min(0);
const counts = boundedList(count, 10_000);
const entryId = count.max(100_000);
const crc = count.max(0xffffffff);

const tags = boundedList(text(TEXT_LIMITS.tag), 1_000);

const rate = z.number().min(0);
const rateStage = z.strictObject({
  seconds: z.number().positive().nullable(),
  startRate: rate,
  endRate: rate,
});

const feederHeader = z.strictObject({
  columns: boundedList(text(TEXT_LIMITS.column), 10_000).nullable(),
});

const resume = z.strictObject({
  workerId: count,
  secret: text(100),
  received: count,
  ended: z.boolean(),
  anew: z.boolean(),
});
const selector = z.strictObject({
  field: z.enum(['method', 'name', 'tag', 'class', 'scenario', 'stage']),
  value: text(TEXT_LIMITS.name),
});
const condition = z.strictObject({
  time: z.enum(GOODPUT_TIMES),
  percentile: z.number().gt(0).max(100),
  limitMs: z.number().min(0),
});
const aggregate = z.strictObject({
  id: text(TEXT_LIMITS.name),
  selectors: boundedList(selector, 10),
  conditions: boundedList(condition, 20).optional(),
});

const runClass = z.strictObject({
  name: text(TEXT_LIMITS.userClass),
  weight: z.number().min(0),
  fixedCount: count,
});
const runScenario = z.strictObject({
  name: text(TEXT_LIMITS.scenario).nullable(),
  classes: boundedList(runClass, 1_000),
  open: z.boolean(),
  startUs: count,
  endUs: count.nullable(),
});
const scenario = count.max(MAX_SCENARIOS - 1);

export const masterMessageSchema: z.ZodType<MasterMessage> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('challenge'),
    protocol: count,
    version: text(100),
    nonce: text(100),
    proof: text(100),
  }),
  z.strictObject({
    type: z.literal('welcome'),
    workerId: count,
    resumeSecret: text(100),
    resumed: z.strictObject({ received: count, ended: z.boolean() }).nullable(),
  }),
  z.strictObject({ type: z.literal('refused'), reason: text(TEXT_LIMITS.refusal) }),
  z.strictObject({ type: z.literal('offer'), hash: text(64), size: count.max(MAX_BUNDLE_BYTES) }),
  z.strictObject({
    type: z.literal('bundle'),
    hash: text(64),
    size: count.max(MAX_BUNDLE_BYTES),
    offset: count,
    bytes,
  }),
  z.strictObject({
    type: z.literal('prepare'),
    workerIndex: count,
    workers: count,
    seed: z.int(),
    host: text(2_000).nullable(),
    scenarios: boundedList(runScenario, MAX_SCENARIOS),
    endUs: count.nullable(),
    stopTimeoutMs: durationMs,
    pauseAfterMs: durationMs.nullable(),
    endAfterMs: durationMs,
    maxEntries: count,
    insecure: z.boolean(),
    httpEngine: z.enum(HTTP_ENGINES).nullable(),
    debug: z.boolean(),
    data: text(TEXT_LIMITS.data).nullable(),
    args: text(TEXT_LIMITS.data),
    leased: z.boolean(),
    ttfb: z.boolean(),
    feeders: boundedList(feederHeader, 1_000),
    tags,
    excludeTags: tags,
    aggregates: boundedList(aggregate, 50),
  }),
  z.strictObject({ type: z.literal('start'), elapsedUs: count }),
  z
    .strictObject({
      type: z.literal('plan'),
      scenario,
      generation: count,
      startUs: count,
      spawnRate,
      users: count,
      classes: counts.nullable(),
      before: boundedList(counts, 100_000),
      row: count,
      ordinals: counts,
    })
    .refine(({ before, row }) => row < before.length, { path: ['row'], message: 'there is no such row' }),
  z
    .strictObject({
      type: z.literal('arrivals'),
      scenario,
      generation: count,
      from: count,
      worker: count,
      workers: count.min(1),
      stages: boundedList(rateStage, 10_000),
      poisson: z.boolean(),
      maxUsers: count,
      whenBusy: z.enum(WHEN_BUSY),
    })
    .refine(({ worker, workers }) => worker < workers, { path: ['worker'], message: 'there are fewer' }),
  z.strictObject({ type: z.literal('pause'), paused: z.boolean(), atUs: count }),
  z.strictObject({ type: z.literal('stop'), now: z.literal(true).optional() }),
  z.strictObject({ type: z.literal('lease'), count }),
  z.strictObject({
    type: z.literal('feederRows'),
    feeder: count,
    rows: text(TEXT_LIMITS.rows),
    supply: z.enum(['plenty', 'scarce', 'end']),
  }),
  z.strictObject({ type: z.literal('refuseEntries'), entryIds: boundedList(entryId, 100_000) }),
  z.strictObject({ type: z.literal('acknowledge'), sequence: count }),
  z.strictObject({ type: z.literal('heartbeat'), received: count, silentMs: count }),
  z.strictObject({ type: z.literal('pong'), id: count }),
  z.strictObject({ type: z.literal('goodbye') }),
]);

const internedEntry = z.strictObject({
  id: entryId,
  scenario,
  method: text(TEXT_LIMITS.method),
  name: text(TEXT_LIMITS.name),
});
const failure = z.strictObject({ entryId, reason: text(TEXT_LIMITS.reason), count });
const exception = z.strictObject({
  userClass: text(TEXT_LIMITS.userClass),
  task: text(TEXT_LIMITS.task),
  message: text(TEXT_LIMITS.exceptionMessage),
  stack: text(TEXT_LIMITS.stack),
  count,
});
const totals = z.strictObject({
  entryId,
  started: count,
  ended: count,
  measured: count,
  sumUs: count,
  checksum: crc,
});
const arrivals = z.strictObject({
  scenario,
  next: count,
  asked: count,
  started: count,
  dropped: count,
  left: count,
  queuedMost: count,
});
const logLine = z.strictObject({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error']),
  text: text(TEXT_LIMITS.logLine),
});

export const workerMessageSchema: z.ZodType<WorkerMessage> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('hello'),
    protocol: count,
    version: text(100),
    nonce: text(100),
    histogram: z.strictObject({ lowestUs: count, highestUs: count, digits: count }),
    hostname: text(300),
    pid: count,
    cores: count,
    resumes: z.boolean(),
  }),
  z.strictObject({ type: z.literal('proof'), proof: text(100), resume: resume.nullable() }),
  z.strictObject({ type: z.literal('ping'), id: count }),
  z.strictObject({ type: z.literal('bundleRequest'), hash: text(64) }),
  z.strictObject({ type: z.literal('scriptReady'), hash: text(64) }),
  z.strictObject({ type: z.literal('scriptFailed'), message: text(TEXT_LIMITS.scriptError) }),
  z.strictObject({ type: z.literal('prepared'), problem: text(TEXT_LIMITS.stack).nullable() }),
  z.strictObject({
    type: z.literal('status'),
    state: z.enum(['ready', 'spawning', 'running', 'stopping', 'stopped']),
    users: count,
    received: count,
    loopDelayUs: count,
    utilization: z.number().min(0).max(1),
    cpu: z.number().min(0),
    collectingUs: count,
    memoryBytes: count,
  }),
  z
    .strictObject({
      type: z.literal('snapshot'),
      sequence: count.min(1),
      firstInterval: count,
      lastInterval: count,
      users: count,
      newEntries: boundedList(internedEntry, 10_000),
      statistics: bytes,
      crc32: crc,
      failures: boundedList(failure, 10_000),
      exceptions: boundedList(exception, 10_000),
      arrivals: boundedList(arrivals, MAX_SCENARIOS),
    })
    .refine((snapshot) => snapshot.firstInterval <= snapshot.lastInterval, {
      path: ['lastInterval'],
      message: 'it is before the first',
    }),
  z.strictObject({
    type: z.literal('final'),
    sequence: count,
    endedUs: count,
    inFlightUs: count,
    totals: boundedList(totals, 100_000),
  }),
  z.strictObject({ type: z.literal('leaseRequest') }),
  z.strictObject({ type: z.literal('leaseReturn'), count }),
  z.strictObject({ type: z.literal('leaseEnd') }),
  z.strictObject({ type: z.literal('stopRun'), reason: text(TEXT_LIMITS.stopReason) }),
  z.strictObject({ type: z.literal('feederRequest'), feeder: count, held: count, wanted: count }),
  z.strictObject({ type: z.literal('usersEnded'), generation: count }),
  z.strictObject({ type: z.literal('leaving') }),
  z.strictObject({ type: z.literal('log'), lines: boundedList(logLine, 1_000) }),
]);
