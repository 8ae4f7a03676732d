import { z } from 'zod';
import type { MasterMessage, WorkerMessage } from './message.ts';
import { MAX_BUNDLE_BYTES } from './version.ts';

const count = z.int().min(0);
const text = (limit: number): z.ZodString => z.string().max(limit);
const bytes = z.instanceof(Uint8Array);
const spawnRate = z.union([z.number().positive(), z.literal('all')]);
const counts = z.array(count).max(10_000);
const entryId = count.max(100_000);
const crc = count.max(0xffffffff);

const runClass = z.strictObject({ name: text(200), weight: z.number().min(0), fixedCount: count });

export const masterMessageSchema: z.ZodType<MasterMessage> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('challenge'),
    protocol: count,
    version: text(100),
    nonce: text(100),
    proof: text(100),
  }),
  z.strictObject({ type: z.literal('welcome'), workerId: count, resumeSecret: text(100) }),
  z.strictObject({ type: z.literal('refused'), reason: text(2_000) }),
  z.strictObject({
    type: z.literal('bundle'),
    hash: text(64),
    size: count.max(MAX_BUNDLE_BYTES),
    offset: count,
    bytes,
  }),
  z.strictObject({
    type: z.literal('start'),
    elapsedUs: count,
    seed: z.int(),
    host: text(2_000).nullable(),
    classes: z.array(runClass).max(1_000),
    endUs: count.nullable(),
    stopTimeoutMs: count,
    maxEntries: count,
    insecure: z.boolean(),
  }),
  z.strictObject({
    type: z.literal('plan'),
    generation: count,
    startUs: count,
    spawnRate,
    users: count,
    before: z.array(counts).max(100_000),
    row: count,
    ordinals: counts,
  }),
  z.strictObject({ type: z.literal('stop') }),
  z.strictObject({ type: z.literal('acknowledge'), sequence: count }),
  z.strictObject({ type: z.literal('heartbeat') }),
  z.strictObject({ type: z.literal('pong'), id: count }),
  z.strictObject({ type: z.literal('goodbye') }),
]);

const failure = z.strictObject({ entryId, reason: text(1_000), count });
const exception = z.strictObject({
  userClass: text(200),
  task: text(200),
  message: text(2_000),
  stack: text(20_000),
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
const logLine = z.strictObject({
  level: z.enum(['trace', 'debug', 'info', 'warn', 'error']),
  text: text(10_000),
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
  }),
  z.strictObject({ type: z.literal('proof'), proof: text(100) }),
  z.strictObject({ type: z.literal('ping'), id: count }),
  z.strictObject({ type: z.literal('scriptReady'), hash: text(64) }),
  z.strictObject({ type: z.literal('scriptFailed'), message: text(20_000) }),
  z.strictObject({
    type: z.literal('status'),
    state: z.enum(['ready', 'spawning', 'running', 'stopping', 'stopped']),
    users: count,
    loopDelayUs: count,
    utilization: z.number().min(0).max(1),
  }),
  z.strictObject({
    type: z.literal('snapshot'),
    sequence: count.min(1),
    firstInterval: count,
    lastInterval: count,
    newEntries: z.array(z.strictObject({ id: entryId, method: text(50), name: text(2_000) })).max(10_000),
    statistics: bytes,
    crc32: crc,
    failures: z.array(failure).max(10_000),
    exceptions: z.array(exception).max(10_000),
  }),
  z.strictObject({ type: z.literal('final'), sequence: count, totals: z.array(totals).max(100_000) }),
  z.strictObject({ type: z.literal('log'), lines: z.array(logLine).max(1_000) }),
]);
