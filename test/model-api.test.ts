import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createModelApi } from '../examples/model-api/model-api.mjs';

const PIPELINE = fileURLToPath(new URL('../examples/model-api/pipeline.mjs', import.meta.url));

let results: string;

beforeEach(async () => {
  results = await mkdtemp(join(tmpdir(), 'loadts-test-'));
});

afterEach(() => rm(results, { recursive: true, force: true }));

async function runPipeline(...args: readonly string[]): Promise<{ code: number; output: string }> {
  const command = spawn(process.execPath, [PIPELINE, '--results', results, '--short', ...args]);
  let output = '';
  for (const stream of [command.stdout, command.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const [code] = await once(command, 'close');
  return { code: code as number, output };
}

describe('the pipeline of the model API', () => {
  it('waits for the model, runs the three profiles with their thresholds and keeps the reports', async () => {
    const { code, output } = await runPipeline('--', '--load-ms', '1500');
    expect(output).toContain('/health: the answer does not hold');
    expect(output).toContain('ramp-up: exit code 0');
    expect(output).toContain('sustained: exit code 0');
    expect(output).toContain('spike: exit code 0');
    expect(code).toBe(0);
    expect(await readFile(join(results, 'spike_stats.csv'), 'utf8')).toContain('embed small batch');
    expect(await readFile(join(results, 'spike.html'), 'utf8')).toContain('embed small batch');
  });

  it('fails where the service got too slow for its load', async () => {
    const { code, output } = await runPipeline(
      '--profile',
      'sustained',
      '--',
      '--queue',
      '1',
      '--slow-ms',
      '300',
    );
    expect(output).toContain('FAIL  errors < 1%');
    expect(output).toContain('HTTP 503');
    expect(code).toBe(1);
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
