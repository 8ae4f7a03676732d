import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createModelApi } from '../examples/model-api/model-api.mjs';

const PIPELINE = fileURLToPath(new URL('../examples/model-api/pipeline.mjs', import.meta.url));

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loadts-test-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface Pipeline {
  /** Where its reports are. */
  readonly results: string;
  readonly process: ChildProcess;
  /** What it has written so far. */
  output(): string;
  readonly code: Promise<number>;
}

async function startPipeline(...args: readonly string[]): Promise<Pipeline> {
  const results = await mkdtemp(join(folder, 'results-'));
  const env = { ...process.env, LOADTS_ALLOW_OVERLOAD: 'true', LOADTS_NO_RUN_FILE: 'true' };
  const command = spawn(process.execPath, [PIPELINE, '--results', results, ...args], { env });
  let output = '';
  for (const stream of [command.stdout, command.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = once(command, 'close').then(([exitCode]) => exitCode as number);
  return { results, process: command, output: () => output, code };
}

// They mostly wait, and none of them looks closely at times.
describe.concurrent('the pipeline of the model API', () => {
  it('waits for the model, runs the three profiles with their thresholds and keeps the reports', async () => {
    const { code, output, results } = await startPipeline('--short', '--', '--load-ms', '6000');
    expect(await code).toBe(0);
    expect(output()).toContain('/health: the answer does not hold');
    for (const profile of ['ramp-up', 'sustained', 'spike']) {
      expect(output()).toContain(`${profile}: exit code 0`);
      expect(await readFile(join(results, `${profile}_stats.csv`), 'utf8')).toContain('embed small batch');
      expect(await readFile(join(results, `${profile}.html`), 'utf8')).toContain('embed small batch');
    }
  });

  it('fails where the service leaks, and names the drift', async () => {
    const load = ['--profile', 'sustained', '--users', '8', '--run-time', '34s'];
    const { code, output } = await startPipeline(...load, '--', '--leak-ms', '1');
    expect(await code).toBe(1);
    expect(output()).toContain('pass  errors < 1%');
    expect(output()).toMatch(
      /^FAIL {2}drift\(p50\) < 10%: drift\(p50\) was \+[\d.]+ % from the first third to the last/m,
    );
    expect(output()).toContain('it gets slower with the same load: something grows');
  });

  it('ends its load with a report, and its service, on Ctrl-C', async () => {
    const { process: command, code, output } = await startPipeline('--profile', 'sustained', '--users', '2');
    await vi.waitUntil(() => /\b[1-9]\d* reqs/.test(output()), { timeout: 20_000 });
    command.kill('SIGINT');
    expect(await code).toBe(130);
    expect(output()).toMatch(/^Verdict: /m);
    const [url = ''] = /http:\/\/127\.0\.0\.1:\d+/.exec(output()) ?? [];
    await expect(fetch(`${url}/health`)).rejects.toThrow('fetch failed');
  });
});

describe('the model API', () => {
  it('says that it is not ready with status 200, and refuses work until it is', async () => {
    const api = createModelApi({ loadMs: 50 });
    const url = await api.listen();
    const embed = (texts: unknown): Promise<Response> =>
      fetch(`${url}/embed`, { method: 'POST', body: JSON.stringify({ texts }) });
    const early = await fetch(`${url}/health`);
    expect(early.status).toBe(200);
    expect(await early.json()).toMatchObject({ status: 'not_ready' });
    expect((await embed(['one'])).status).toBe(503);
    await api.whenReady();
    expect(await (await fetch(`${url}/health`)).json()).toMatchObject({ status: 'ready' });
    const { embeddings } = (await (await embed(['one', 'two', 'one'])).json()) as { embeddings: number[][] };
    expect(embeddings.map(({ length }) => length)).toEqual([384, 384, 384]);
    expect(embeddings[0]).toEqual(embeddings[2]);
    expect(embeddings[0]).not.toEqual(embeddings[1]);
    expect((await embed([])).status).toBe(422);
    expect((await embed('one')).status).toBe(422);
    await api.close();
  });

  it('answers 503 at once where too many wait already', async () => {
    const api = createModelApi({ loadMs: 0, queue: 2 });
    const url = await api.listen();
    await api.whenReady();
    const body = JSON.stringify({ texts: Array.from({ length: 64 }, () => 'a text with some words in it') });
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => (await fetch(`${url}/embed`, { method: 'POST', body })).status),
    );
    expect(statuses.sort()).toEqual([200, 200, 200, 503, 503]);
    await api.close();
  });
});
