// How much of one core a master needs for many workers, and whether its memory grows: real messages over connections in
// memory, on a clock that is simulated. Usage: node benchmarks/master-scale.mjs [workers] [simulated seconds]
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
// Not part of the packages' API: these figures are about the inside.
import { createConstantLoad, Master } from '../packages/master/dist/index.js';
import { cpuUs } from './processes/answer-parent.mjs';
import { createSecond, SimulatedWorker } from './processes/simulated-worker.mjs';
import { SimulatedClock } from './simulated-clock.mjs';
import { median } from './table.mjs';

/** @import { RunSettings } from '../packages/master/dist/index.js' */

const WORKERS = Number(process.argv[2] ?? 1_000);
const SECONDS = Number(process.argv[3] ?? 120);
const ENTRIES = 20;
const SAMPLES = 50;
/** Different ones, so that no worker is like its neighbours. */
const KINDS = 40;
const WINDOW_SECONDS = 60;
const TOKEN = 'simulated';
const MEBIBYTE = 2 ** 20;

setFlagsFromString('--expose-gc');
const collectGarbage = /** @type {() => void} */ (runInNewContext('gc'));

const clock = new SimulatedClock();
const master = new Master({
  clock,
  token: TOKEN,
  host: '127.0.0.1',
  port: 0,
  bundle: { code: 'export {}', hash: 'simulated' },
  onWorkerLog: (worker, { text }) => console.error(`worker ${worker} ${text}`),
  onWorkerLost: (worker, reason) => console.error(`worker ${worker} is lost: ${reason}`),
});
await master.listen();
const kinds = Array.from({ length: KINDS }, (_, seed) =>
  createSecond({ entries: ENTRIES, samples: SAMPLES, seed }),
);
const workers = Array.from(
  { length: WORKERS },
  () =>
    new SimulatedWorker({
      accept: (connection) => master.accept(connection),
      token: TOKEN,
      entries: ENTRIES,
    }),
);
for (const worker of workers) worker.greet();
await master.waitForWorkers(WORKERS, new AbortController().signal);
void master.run({
  settings: createSettings(),
  feeders: [],
  createLoad: () => createConstantLoad({ users: WORKERS * 10, spawnRate: 'all' }),
  afterDrain: () => Promise.resolve([]),
  observer: {
    start() {},
    addWorker() {},
    addSecond() {},
    addHealth() {},
    addEvent() {},
    noteThresholds() {},
  },
  onUpdate: () => {},
});
await new Promise((resolve) => setTimeout(resolve, 100));

/** @type {{ seconds: number, share: number, worstMs: number, heapMiB: number }[]} */
const windows = [];
for (let from = 0; from < SECONDS; from += WINDOW_SECONDS) windows.push(simulate(from));

console.log(
  `Master scale: ${WORKERS} workers, ${ENTRIES} entries x ${SAMPLES} samples a second each, Node ${process.version}\n`,
);
console.log('| simulated seconds | CPU of one core | longest second, ms of CPU | heap in use |');
console.log('|---|---|---|---|');
for (const { seconds, share, worstMs, heapMiB } of windows) {
  console.log(`| ${seconds} | ${share.toFixed(0)} % | ${worstMs.toFixed(0)} | ${heapMiB.toFixed(0)} MiB |`);
}
const [first, last] = [windows[0]?.heapMiB ?? 0, windows.at(-1)?.heapMiB ?? 0];
console.log(
  `\nMedian CPU: ${median(windows.map(({ share }) => share)).toFixed(0)} % of one core, target below 60 %`,
);
console.log(`Heap, last minute - first: ${(last - first).toFixed(1)} MiB`);
for (const [samples, limit] of /** @type {const} */ ([
  [50, 8],
  [500, 24],
])) {
  const bytes =
    workers[0]?.encodeSecond(SECONDS, createSecond({ entries: ENTRIES, samples, seed: 1 }))[0]?.length ?? 0;
  console.log(
    `Snapshot of ${ENTRIES} x ${samples}: ${(bytes / 1_024).toFixed(1)} KiB, target at most ${limit} KiB`,
  );
}
process.exit();

/**
 * A minute: the workers encode, which is not counted, then the master takes what comes and does what is due.
 * @param {number} from
 */
function simulate(from) {
  const seconds = Math.min(WINDOW_SECONDS, SECONDS - from);
  const costsUs = Array.from({ length: seconds }, (_, i) => {
    const second = from + i;
    const messages = workers.map((worker, w) =>
      worker.encodeSecond(second, kinds[(w + second) % KINDS] ?? { statistics: new Uint8Array(), crc32: 0 }),
    );
    const startedUs = cpuUs();
    clock.advanceTo(second + 1);
    workers.forEach((worker, w) => worker.deliver(messages[w] ?? []));
    return cpuUs() - startedUs;
  });
  collectGarbage();
  return {
    seconds: from + seconds,
    share: (costsUs.reduce((sum, costUs) => sum + costUs, 0) / seconds / 1_000_000) * 100,
    worstMs: Math.max(...costsUs) / 1_000,
    heapMiB: process.memoryUsage().heapUsed / MEBIBYTE,
  };
}

/** @returns {RunSettings} */
function createSettings() {
  return {
    script: 'load.ts',
    host: undefined,
    scenarios: [
      {
        name: undefined,
        classes: [{ name: 'Visitor', weight: 1, fixedCount: 0 }],
        arrivals: undefined,
        startMs: 0,
        endMs: undefined,
      },
    ],
    ttfb: false,
    seed: 1,
    runTimeMs: undefined,
    iterations: undefined,
    stopTimeoutMs: 1_000,
    maxEntries: 1_000,
    insecure: false,
    debug: false,
    data: null,
    args: {},
    tags: [],
    excludeTags: [],
    endsScript: false,
    onWorkerLoss: 'rebalance',
    masterLostTimeoutMs: 15_000,
    thresholds: [],
    warmupSeconds: undefined,
    resetStats: false,
    overloadIsInvalid: false,
  };
}
