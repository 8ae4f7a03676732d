// How far measured times are from the true ones: 500 arrivals a second against a server that measures itself.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startProcess } from './processes/start-process.mjs';
import { formatSpread, printTable } from './table.mjs';

/** @import { RunReport } from '@loadts/core' */

const RATE = 500;
/** The first two do not count: a process that has just started is slow. */
const SECONDS = 8;
const RUNS = 5;
const WORKERS = 2;
const BIN = fileURLToPath(new URL('../packages/loadts/dist/bin.js', import.meta.url));
/** Where the report's percentiles have these. */
const P50 = 0;
const P99 = 7;

const folder = mkdtempSync(join(tmpdir(), 'loadts-accuracy-'));
const reportFile = join(folder, 'report.json');
const script = join(folder, 'load.mjs');
writeFileSync(
  script,
  `import { writeFileSync } from 'node:fs';
import { arrivalRate, HttpUser, task } from 'loadts';
export const rate = arrivalRate({ rate: ${RATE}, whenBusy: 'queue' });
export const events = { report: (report) => writeFileSync(${JSON.stringify(reportFile)}, JSON.stringify(report)) };
export class Visitor extends HttpUser {
  async visit() { await this.client.get('/'); }
}
task(Visitor.prototype, 'visit', Object.getOwnPropertyDescriptor(Visitor.prototype, 'visit'));
`,
);
const server = await startProcess({ file: 'delay-server.mjs', core: 0 });

/** @type {Record<'response50' | 'response99' | 'service50' | 'service99' | 'late99', number[]>} */
const errors = { response50: [], response99: [], service50: [], service99: [], late99: [] };
let missing = 0;
// The first run is there to warm the server up.
for (let run = 0; run <= RUNS; run++) {
  const report = runLoad();
  /** @type {number[]} */
  const trueMs = await server.ask('take');
  if (run === 0) continue;
  missing +=
    Math.abs(trueMs.length - RATE * SECONDS) + Math.abs((report.arrivals?.started ?? 0) - RATE * SECONDS);
  for (const [name, index] of /** @type {const} */ ([
    ['50', P50],
    ['99', P99],
  ])) {
    const truth = trueMs[Math.ceil((trueMs.length * Number(name)) / 100) - 1] ?? Number.NaN;
    errors[`response${name}`].push((report.total.percentilesMs[index] ?? Number.NaN) - truth);
    errors[`service${name}`].push((report.total.service?.percentilesMs[index] ?? Number.NaN) - truth);
  }
  errors.late99.push(report.generatorDelayP99Ms);
}
await server.end();
rmSync(folder, { recursive: true });

console.log(
  `Accuracy: ${RATE} arrivals/s on ${WORKERS} workers, answers after 20 ms, ${RUNS} runs of ${SECONDS} s, Node ${process.version}`,
);
printTable([
  ['measured minus true, ms', 'p50', 'p99'],
  ['service time', formatSpread(errors.service50), formatSpread(errors.service99)],
  ['response time', formatSpread(errors.response50), formatSpread(errors.response99)],
  ["generator's own delay", '', formatSpread(errors.late99)],
]);
console.log(`arrivals that did not start, or are not known to the server: ${missing}`);

/** @returns {RunReport} */
function runLoad() {
  const args = ['run', script, '--headless', '-H', server.ready, '-t', `${SECONDS}s`, '--only-summary'];
  args.push('--warmup', '2s', '--reset-stats');
  const { status, stderr } = spawnSync(process.execPath, [BIN, ...args, '--processes', String(WORKERS)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the run ended with ${status}: ${stderr}`);
  return JSON.parse(readFileSync(reportFile, 'utf8'));
}
