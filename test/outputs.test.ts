import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, startLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;
let script: Awaited<ReturnType<typeof writeScript>>;

const SCRIPT = `
import { constant, HttpUser, task } from 'loadts';

export class Visitor extends HttpUser {
  waitTime = constant(0.02);
  @task(3) async home() { await this.client.get('/'); }
  @task async missing() { await this.client.get('/nowhere', { name: '</script> "=cmd()"' }); }
}
`;

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
  script = await writeScript(SCRIPT);
});

afterEach(async () => {
  await api.close();
  await script.remove();
});

const at = (name: string): string => join(script.folder, name);
const read = (name: string): Promise<string> => readFile(at(name), 'utf8');
const run = (target: string, ...more: readonly string[]) => {
  const load = ['-u', '4', '-r', 'all', '-t', '3s', '--processes', '2', '--no-progress', '--allow-overload'];
  return runLoadts(['run', script.path, '--headless', '-H', target, ...load, ...more]);
};

const FILES = () => [
  '--json',
  at('run.json'),
  '--junit',
  at('junit.xml'),
  '--hdr-log',
  at('run.hlog'),
  '--csv',
  at('run'),
];

/** Requests and failures of all requests together, as each file says. */
async function readTotals() {
  const { total } = JSON.parse(await read('run.json'));
  const junit = await read('junit.xml');
  const property = (name: string): number =>
    Number(new RegExp(`<property name="${name}" value="(\\d+)"/>`).exec(junit)?.[1]);
  const cells = (await read('run_stats.csv')).trim().split('\r\n').at(-1)?.split(',') ?? [];
  return {
    json: { requests: total.requests, failures: total.failures },
    junit: { requests: property('requests'), failures: property('failures') },
    csv: { requests: Number(cells[2]), failures: Number(cells[3]) },
  };
}

describe('the outputs of a run', () => {
  it('are written together and say the same', async () => {
    const thresholds = ['--threshold', 'errors < 1%', '--threshold', 'p95 < 10s'];
    const { stdout, exitCode } = await run(url, ...FILES(), ...thresholds);
    const totals = await readTotals();
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`${at('run.json')}, ${at('junit.xml')}, ${at('run.hlog')}`);
    const printed = readSummary(stdout)['Aggregated'];
    expect(totals).toEqual({ json: printed, junit: printed, csv: printed });
    expect(printed?.requests).toBe(api.counts().total);
    expect(await read('junit.xml')).toContain('<testsuites name="loadts" tests="3" failures="1" errors="0"');
    expect((await read('run.hlog')).split('\n')).toContainEqual(
      expect.stringMatching(/^Tag=GET_<\/script>_"=cmd\(\)",0\.000,\d\.\d{3},[\d.]+,HIST/),
    );
  });

  it('are written and say the same also after Ctrl-C', async () => {
    const load = ['-H', url, '-u', '4', '-r', 'all', '--processes', '2', '--allow-overload'];
    const command = startLoadts(['run', script.path, '--headless', ...load, ...FILES()]);
    await command.printed('2s  running');
    command.process.kill('SIGINT');
    const { stdout, exitCode } = await command.finished;
    const printed = readSummary(stdout)['Aggregated'];
    expect(exitCode).toBe(1);
    expect(await readTotals()).toEqual({ json: printed, junit: printed, csv: printed });
    expect(printed?.requests).toBe(api.counts().total);
  });

  it('reach the page of a build on GitHub', async () => {
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: at('summary.md') };
    const load = ['-H', url, '-i', '20', '--threshold', 'errors < 1%', '--no-progress'];
    const { stdout } = await runLoadts(['run', script.path, '--headless', ...load], { env });
    expect(stdout).toMatch(/^::error title=Threshold failed::errors < 1%25: errors was /m);
    expect(await read('summary.md')).toMatch(/^## loadts: ❌ failed\n/);
  });

  it('are delivered where --report-url says, and metrics where --otlp says', async () => {
    const received: string[] = [];
    const sink = createServer((request, response) => {
      received.push(`${request.method} ${request.url}`);
      request.resume().on('end', () => response.end());
    });
    await new Promise<void>((resolve) => {
      sink.listen(0, '127.0.0.1', resolve);
    });
    const { port } = sink.address() as { port: number };
    const base = `http://127.0.0.1:${port}`;
    await run(
      url,
      '--json',
      at('run.json'),
      '--run-file',
      at('a.run'),
      '--report-url',
      `${base}/reports`,
      '--otlp',
      base,
    );
    sink.close();
    expect(received).toEqual(['POST /v1/metrics', 'PUT /reports/run.json', 'PUT /reports/a.run']);
  });

  it('stay here, with a warning and the same exit code, where they cannot be delivered', async () => {
    const more = ['--json', at('run.json'), '--otlp', 'http://127.0.0.1:1', '--threshold', 'p50 < 10s'];
    const { exitCode, stderr } = await run(url, ...more);
    expect(exitCode).toBe(0);
    expect(stderr).toContain('--otlp http://127.0.0.1:1/v1/metrics: ');
  });
});

describe('a comparison with earlier runs', () => {
  it('passes for the same build, again and again, and fails for a slower one', async () => {
    // A busy machine adds to both, and to the median the least.
    let delayMs = 100;
    const target = createServer((_request, response) => {
      setTimeout(() => response.end('ok'), delayMs);
    });
    await new Promise<void>((resolve) => {
      target.listen(0, '127.0.0.1', resolve);
    });
    const { port } = target.address() as { port: number };
    const base = `http://127.0.0.1:${port}`;
    const load = [
      '-u',
      '20',
      '-r',
      'all',
      '-t',
      '13s',
      '--no-progress',
      '--processes',
      '1',
      '--seed',
      '7',
      '--allow-overload',
    ];
    const args = ['run', script.path, '--headless', '-H', base, ...load, '--threshold', 'errors < 1%'];
    const gate = ['--baseline', at('main.json'), '--regress', 'p50 < max(1.10x, +15ms)'];
    await runLoadts([...args, '--json', at('main.json')]);
    const same = await runLoadts([...args, ...gate]);
    delayMs = 130;
    const slower = await runLoadts([...args, ...gate, '--junit', at('junit.xml'), '--json', at('slow.json')]);
    target.close();
    expect([same.exitCode, slower.exitCode]).toEqual([0, 1]);
    expect(same.stdout).toMatch(/pass {2}p50 < max\(1\.1x, \+15ms\) against the baseline: p50 was /);
    expect(slower.stdout).toMatch(
      /^Verdict: FAIL, p50 < max\(1\.1x, \+15ms\) against the baseline: p50 was /m,
    );
    expect(await read('junit.xml')).toContain('failures="1"');
    const sides = [
      'compare',
      at('main.json'),
      at('slow.json'),
      '--html',
      at('c.html'),
      '--markdown',
      at('c.md'),
    ];
    const compared = await runLoadts([...sides, '--regress', 'p50 < 1.1x']);
    expect(compared.exitCode).toBe(1);
    expect(compared.stdout).toMatch(/^FAIL {2}p50 < 1\.1x: /);
    expect(compared.stdout).toMatch(/\np50, ms .*\+\d+\.\d%! /);
    expect(await read('c.md')).toMatch(/\| p50, ms \|.* 🔴 \|/);
    expect(await read('c.html')).toContain('<polyline class="run"');
    expect((await runLoadts(sides)).exitCode).toBe(0);
  }, 180_000);

  it('is refused before anything runs where there is nothing to compare', async () => {
    const alone = await run(url, '--regress', 'p95 < 1.1x');
    const missing = await run(url, '--regress', 'p95 < 1.1x', '--baseline', at('nothing.json'));
    expect([alone.exitCode, missing.exitCode]).toEqual([2, 2]);
    expect(alone.stderr).toContain('--regress has nothing to compare with');
    expect(missing.stderr).toContain('nothing.json: there is no such file');
    expect(api.counts().total).toBe(0);
  });
});
