import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runLoadts, writeScript } from './support/loadts.ts';

const SERVER = fileURLToPath(new URL('support/event-process.mjs', import.meta.url));
const TOLERANCE_MS = 2;

// Each request tells the server when it was made, and what was measured of the one before.
const SCRIPT = `
import { HttpUser, constant, task } from 'loadts';

const nowUs = () => Number(process.hrtime.bigint() / 1000n);

export class Reader extends HttpUser {
  waitTime = constant(0.4);
  streams = 0;
  last = '';

  @task(9) async read() {
    const stream = \`\${this.ordinal}/\${this.streams++}\`;
    const headers = { 'x-stream': stream, 'x-call': String(nowUs()), ...(this.last && { 'x-last': this.last }) };
    const { firstEventMs } = await this.client.stream('/events', { headers });
    this.last = firstEventMs === undefined ? '' : \`\${stream} \${firstEventMs * 1000}\`;
  }

  @task async silent() { await this.client.stream('/silent', { check: () => true }); }
}
`;

interface Truth {
  readonly errorsUs: number[];
  readonly firstUs: number[];
  readonly gapsUs: number[];
}

interface Result {
  readonly entries: readonly { readonly name: string; readonly requests: number }[];
  readonly streams: readonly {
    readonly name: string;
    readonly firstEvent: { readonly medianMs: number; readonly measured: number };
    readonly gap: { readonly medianMs: number };
    readonly perEvent: { readonly medianMs: number };
  }[];
  readonly workers: readonly unknown[];
}

let server: ChildProcess;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;

beforeEach(async () => {
  server = fork(SERVER);
  [url] = (await once(server, 'message')) as [string];
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  server.disconnect();
  await script.remove();
});

const medianMs = (valuesUs: number[]): number =>
  (valuesUs.sort((a, b) => a - b)[Math.floor(valuesUs.length / 2)] ?? Number.NaN) / 1_000;

describe('streams of many users', () => {
  it('are measured as they were sent, merged over two workers, and are absent where no event came', async () => {
    const json = join(script.folder, 'streams.json');
    const options = ['--headless', '-H', url, '--processes', '2', '--allow-overload', '--json', json];
    const load = ['-u', '100', '-r', 'all', '-t', '4s'];
    const thresholds = ['tpot.p50 < 30ms', 'goodput{name="/events", ttfe < 5s, gap < 5s} > 99%'];
    const given = thresholds.flatMap((text) => ['--threshold', text]);
    const { exitCode } = await runLoadts(['run', script.path, ...options, ...load, ...given]);
    expect(exitCode).toBe(0);
    server.send('what was it?');
    const [truth] = (await once(server, 'message')) as [Truth];
    const { streams, entries, workers } = JSON.parse(await readFile(json, 'utf8')) as Result;
    expect(workers).toHaveLength(2);
    // Stream by stream, on the clock that all processes share, and then all of them together.
    expect(truth.errorsUs.length).toBeGreaterThan(300);
    expect(Math.abs(medianMs(truth.errorsUs))).toBeLessThan(TOLERANCE_MS);
    expect(streams.map(({ name }) => name)).toEqual(['/events']);
    expect(entries.find(({ name }) => name === '/silent')?.requests).toBeGreaterThan(0);
    const [{ firstEvent, gap, perEvent } = expect.fail('no stream')] = streams;
    expect(firstEvent.measured).toBeGreaterThan(300);
    expect(Math.abs(firstEvent.medianMs - medianMs(truth.firstUs))).toBeLessThan(TOLERANCE_MS);
    expect(Math.abs(gap.medianMs - medianMs(truth.gapsUs))).toBeLessThan(TOLERANCE_MS);
    expect(Math.abs(perEvent.medianMs - medianMs(truth.gapsUs))).toBeLessThan(TOLERANCE_MS);
  });
});
