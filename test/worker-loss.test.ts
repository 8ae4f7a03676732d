import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { findWorkers } from './support/find-workers.ts';
import { type RunningCommand, readSummary, startLoadts } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
});

afterEach(() => api.close());

function startRun(...args: readonly string[]): RunningCommand {
  const load = ['run', 'no-wait.ts', '--headless', '-u', '12', '-r', 'all', '-t', '6s', '-H', url];
  return startLoadts([...load, ...args]);
}

describe('losing worker processes', () => {
  it('ends in a report that names the lost worker, and exit code 4', async () => {
    const command = startRun('--processes', '3');
    await command.printed('    2s  running');
    const workers = await findWorkers(command);
    expect(workers).toHaveLength(3);
    process.kill(workers[0] as number, 'SIGKILL');
    const { exitCode, stdout, stderr } = await command.finished;
    expect(exitCode).toBe(4);
    expect(stderr).toMatch(/"worker":\d,"msg":"lost: /);
    expect(stdout).toMatch(/Numbers incomplete: 2 of 3 workers/);
    expect(stdout).toMatch(/worker \d: nothing collected from second \d on/);
    const requests = readSummary(stdout)['Aggregated']?.requests ?? 0;
    expect(requests).toBeGreaterThan(0);
    expect(requests).toBeLessThanOrEqual(api.counts().total);
  });

  it('moves the lost users to the others', async () => {
    const command = startRun('--processes', '2');
    await command.printed('    2s  running');
    const [first] = await findWorkers(command);
    process.kill(first as number, 'SIGKILL');
    const { stdout } = await command.finished;
    // Each user signs up once: 12 at first, 6 again for those that were lost.
    expect(api.counts().requests['POST /users']).toBe(18);
    expect(stdout).toMatch(/6s +\S+ +(\d+\/0|12\/12) users/);
  });

  it('stops the run where that is asked for', async () => {
    const command = startRun('--processes', '2', '--on-worker-loss', 'stop', '-t', '60s');
    await command.printed('    2s  running');
    const [first] = await findWorkers(command);
    process.kill(first as number, 'SIGKILL');
    const { exitCode, stdout } = await command.finished;
    expect(exitCode).toBe(4);
    expect(stdout).toContain('Numbers incomplete: 1 of 2 workers');
  });

  it('ends when all are gone, and passes with --allow-incomplete', async () => {
    const command = startRun('--processes', '2', '--allow-incomplete', '-t', '60s');
    await command.printed('    2s  running');
    for (const worker of await findWorkers(command)) process.kill(worker, 'SIGKILL');
    const { exitCode, stdout } = await command.finished;
    expect(exitCode).toBe(0);
    expect(stdout).toContain('Numbers incomplete: 0 of 2 workers');
  });

  it('notices a worker that is frozen', async () => {
    const command = startRun('--processes', '2', '-t', '7s');
    await command.printed('    2s  running');
    const [frozen] = await findWorkers(command);
    process.kill(frozen as number, 'SIGSTOP');
    const { exitCode, stdout, stderr } = await command.finished;
    expect(exitCode).toBe(4);
    expect(stderr).toContain('nothing heard for 4 s');
    expect(stdout).toContain('Numbers incomplete: 1 of 2 workers');
  });
});
