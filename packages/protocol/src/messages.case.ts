import { HTTP_ENGINES } from '@loadts/core';
import fc from 'fast-check';
import type { MasterMessage, WorkerMessage } from './message.ts';
import { MAX_SCENARIOS } from './run-scenario.ts';
import { TEXT_LIMITS } from './text-limits.ts';

const count = fc.maxSafeNat();
const text = (limit: number): fc.Arbitrary<string> =>
  fc.string({ maxLength: Math.min(limit, 60), unit: 'grapheme' }).filter((value) => value.length <= limit);
// What arrives is a view of a buffer.
const bytes: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 200 }).map((value) => Buffer.from(value));
const few = <T>(element: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(element, { maxLength: 5 });
const entryId = fc.nat(100_000);
const crc = fc.nat(0xffffffff);
const positive = fc.double({ min: 0, minExcluded: true, noNaN: true, max: 1e9 });

const userCounts = few(fc.nat(100_000));
const runClass = fc.record({
  name: text(TEXT_LIMITS.userClass),
  weight: fc.oneof(positive, fc.constant(0)),
  fixedCount: count,
});
const scenario = fc.nat(MAX_SCENARIOS - 1);
const runScenario = fc.record({
  name: fc.option(text(TEXT_LIMITS.scenario)),
  classes: few(runClass),
  open: fc.boolean(),
  startUs: count,
  endUs: fc.option(count),
});

/** Every message that a master may send, by its type. */
export const masterMessages: {
  readonly [Type in MasterMessage['type']]: fc.Arbitrary<Extract<MasterMessage, { type: Type }>>;
} = {
  challenge: fc.record({
    type: fc.constant('challenge'),
    protocol: count,
    version: text(100),
    nonce: text(100),
    proof: text(100),
  }),
  welcome: fc.record({
    type: fc.constant('welcome'),
    workerId: count,
    resumeSecret: text(100),
    resumed: fc.option(fc.record({ received: count, ended: fc.boolean() })),
  }),
  refused: fc.record({ type: fc.constant('refused'), reason: text(TEXT_LIMITS.refusal) }),
  offer: fc.record({ type: fc.constant('offer'), hash: text(64), size: fc.nat(64 * 1024 * 1024) }),
  bundle: fc.record({
    type: fc.constant('bundle'),
    hash: text(64),
    size: fc.nat(64 * 1024 * 1024),
    offset: count,
    bytes,
  }),
  prepare: fc.record({
    type: fc.constant('prepare'),
    workerIndex: count,
    workers: count,
    seed: fc.maxSafeInteger(),
    host: fc.option(fc.webUrl()),
    scenarios: few(runScenario),
    endUs: fc.option(count),
    stopTimeoutMs: fc.oneof(count, positive),
    pauseAfterMs: fc.option(count),
    endAfterMs: count,
    maxEntries: count,
    insecure: fc.boolean(),
    httpEngine: fc.constantFrom(...HTTP_ENGINES, null),
    debug: fc.boolean(),
    data: fc.option(fc.json()),
    args: fc.json(),
    leased: fc.boolean(),
    ttfb: fc.boolean(),
    feeders: few(fc.record({ columns: fc.option(few(text(TEXT_LIMITS.column))) })),
    tags: few(text(TEXT_LIMITS.tag)),
    excludeTags: few(text(TEXT_LIMITS.tag)),
    aggregates: few(
      fc.record({
        id: text(TEXT_LIMITS.name),
        selectors: few(
          fc.record({
            field: fc.constantFrom('tag' as const, 'class' as const),
            value: text(TEXT_LIMITS.name),
          }),
        ),
        conditions: few(
          fc.record({
            time: fc.constantFrom('gap' as const, 'ttfe' as const),
            percentile: fc.constantFrom(50, 99.9, 100),
            limitMs: fc.nat(9_999),
          }),
        ),
      }),
    ),
  }),
  start: fc.record({ type: fc.constant('start'), elapsedUs: count }),
  plan: fc
    .record({
      type: fc.constant('plan' as const),
      scenario,
      generation: count,
      startUs: count,
      spawnRate: fc.oneof(positive, fc.constant('all' as const)),
      users: count,
      classes: fc.option(few(fc.nat(999))),
      before: fc.array(userCounts, { minLength: 1, maxLength: 5 }),
      row: fc.nat(4),
      ordinals: userCounts,
    })
    .filter(({ before, row }) => row < before.length),
  arrivals: fc.record({
    type: fc.constant('arrivals' as const),
    scenario,
    generation: count,
    from: count,
    worker: fc.nat(7),
    workers: fc.constant(8),
    stages: few(fc.record({ seconds: fc.option(positive), startRate: positive, endRate: positive })),
    poisson: fc.boolean(),
    maxUsers: count,
    whenBusy: fc.constantFrom('drop' as const, 'queue' as const),
  }),
  pause: fc.record({ type: fc.constant('pause'), paused: fc.boolean(), atUs: count }),
  stop: fc.record({ type: fc.constant('stop'), now: fc.constant(true as const) }),
  lease: fc.record({ type: fc.constant('lease'), count }),
  feederRows: fc.record({
    type: fc.constant('feederRows'),
    feeder: count,
    rows: fc.json(),
    supply: fc.constantFrom('plenty', 'scarce', 'end'),
  }),
  refuseEntries: fc.record({ type: fc.constant('refuseEntries'), entryIds: few(entryId) }),
  acknowledge: fc.record({ type: fc.constant('acknowledge'), sequence: count }),
  heartbeat: fc.record({ type: fc.constant('heartbeat'), received: count, silentMs: count }),
  pong: fc.record({ type: fc.constant('pong'), id: count }),
  goodbye: fc.record({ type: fc.constant('goodbye') }),
};

const exception = fc.record({
  userClass: text(TEXT_LIMITS.userClass),
  task: text(TEXT_LIMITS.task),
  message: text(TEXT_LIMITS.exceptionMessage),
  stack: text(TEXT_LIMITS.stack),
  count,
});
const totals = fc.record({
  entryId,
  started: count,
  ended: count,
  measured: count,
  sumUs: count,
  checksum: crc,
});

/** Every message that a worker may send, by its type. */
export const workerMessages: {
  readonly [Type in WorkerMessage['type']]: fc.Arbitrary<Extract<WorkerMessage, { type: Type }>>;
} = {
  hello: fc.record({
    type: fc.constant('hello'),
    protocol: count,
    version: text(100),
    nonce: text(100),
    histogram: fc.record({ lowestUs: count, highestUs: count, digits: count }),
    hostname: text(300),
    pid: count,
    cores: count,
    resumes: fc.boolean(),
  }),
  proof: fc.record({
    type: fc.constant('proof'),
    proof: text(100),
    resume: fc.option(
      fc.record({
        workerId: count,
        secret: text(100),
        received: count,
        ended: fc.boolean(),
        anew: fc.boolean(),
      }),
    ),
  }),
  ping: fc.record({ type: fc.constant('ping'), id: count }),
  bundleRequest: fc.record({ type: fc.constant('bundleRequest'), hash: text(64) }),
  scriptReady: fc.record({ type: fc.constant('scriptReady'), hash: text(64) }),
  scriptFailed: fc.record({ type: fc.constant('scriptFailed'), message: text(TEXT_LIMITS.scriptError) }),
  prepared: fc.record({ type: fc.constant('prepared'), problem: fc.option(text(TEXT_LIMITS.stack)) }),
  status: fc.record({
    type: fc.constant('status'),
    state: fc.constantFrom('ready', 'spawning', 'running', 'stopping', 'stopped'),
    users: count,
    received: count,
    loopDelayUs: count,
    cpu: fc.oneof(count, positive),
    collectingUs: count,
    memoryBytes: count,
    utilization: fc.oneof(fc.double({ min: 0.001, max: 1, noNaN: true }), fc.constantFrom(0, 1)),
  }),
  snapshot: fc
    .record({
      type: fc.constant('snapshot' as const),
      sequence: count.map((value) => Math.max(1, value)),
      firstInterval: fc.nat(1_000_000),
      lastInterval: fc.nat(1_000_000),
      users: count,
      newEntries: few(
        fc.record({
          id: entryId,
          scenario,
          method: text(TEXT_LIMITS.method),
          name: text(TEXT_LIMITS.name),
        }),
      ),
      statistics: bytes,
      crc32: crc,
      failures: few(fc.record({ entryId, reason: text(TEXT_LIMITS.reason), count })),
      exceptions: few(exception),
      arrivals: few(
        fc.record({
          scenario,
          next: count,
          asked: count,
          started: count,
          dropped: count,
          left: count,
          queuedMost: count,
        }),
      ),
    })
    .filter(({ firstInterval, lastInterval }) => firstInterval <= lastInterval),
  final: fc.record({
    type: fc.constant('final'),
    sequence: count,
    endedUs: count,
    inFlightUs: count,
    totals: few(totals),
  }),
  leaseRequest: fc.record({ type: fc.constant('leaseRequest') }),
  leaseReturn: fc.record({ type: fc.constant('leaseReturn'), count }),
  leaseEnd: fc.record({ type: fc.constant('leaseEnd') }),
  stopRun: fc.record({ type: fc.constant('stopRun'), reason: text(TEXT_LIMITS.stopReason) }),
  feederRequest: fc.record({
    type: fc.constant('feederRequest'),
    feeder: count,
    held: count,
    wanted: count,
  }),
  usersEnded: fc.record({ type: fc.constant('usersEnded'), generation: count }),
  leaving: fc.record({ type: fc.constant('leaving') }),
  log: fc.record({
    type: fc.constant('log'),
    lines: few(
      fc.record({
        level: fc.constantFrom('trace', 'debug', 'info', 'warn', 'error'),
        text: text(TEXT_LIMITS.logLine),
      }),
    ),
  }),
};

export const anyMasterMessage: fc.Arbitrary<MasterMessage> = fc.oneof(...Object.values(masterMessages));
export const anyWorkerMessage: fc.Arbitrary<WorkerMessage> = fc.oneof(...Object.values(workerMessages));
