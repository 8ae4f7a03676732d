import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, startLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;

beforeEach(async () => {
  api = createSampleApi({ slowMs: 5_000 });
  url = await api.listen();
});

afterEach(() => api.close());

describe('stopping', () => {
  it('cuts requests off after the stop timeout and counts them as aborted', async () => {
    const args = ['run', 'first-test.ts', '--headless', '-u', '4', '-r', 'all', '-t', '1s', '-s', '500ms'];
    const { stdout } = await runLoadts([...args, '--processes', '2', '-H', url]);
    expect(stdout).toContain('4 requests were cut off');
    expect(stdout).toContain('Numbers complete: 2 of 2 workers');
    expect(api.counts().total).toBe(0);
  });

  it('waits for running requests within the stop timeout', async () => {
    const args = ['run', 'first-test.ts', '--headless', '-u', '4', '-r', 'all', '-t', '1s', '-s', '20s'];
    const { stdout, exitCode } = await runLoadts([...args, '--processes', '2', '-H', url]);
    expect(exitCode).toBe(0);
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: 4, failures: 0 });
    expect(api.counts().total).toBe(4);
  });

  it('leaves code behind that never settles', async () => {
    const script = await writeScript(`
import { HttpUser, task } from 'loadts';
export class Stuck extends HttpUser {
  @task async wait() { await new Promise(() => {}); }
}`);
    const args = ['run', script.path, '--headless', '-t', '1s', '-s', '500ms', '--processes', '1', '-H', url];
    const { stdout } = await runLoadts(args);
    await script.remove();
    expect(stdout).toContain('Numbers complete: 1 of 1 worker');
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('is cut short by a second %s, with exit code %i', async (signal, code) => {
    const args = [
      'run',
      'first-test.ts',
      '--headless',
      '-u',
      '4',
      '-r',
      'all',
      '-s',
      '60s',
      '--processes',
      '2',
    ];
    const command = startLoadts([...args, '-H', url]);
    await command.printed('    2s  running');
    command.process.kill(signal);
    await command.printed(`${signal}: stopping`);
    command.process.kill(signal);
    expect((await command.finished).exitCode).toBe(code);
  });

  it('leaves no process behind when the master is killed', async () => {
    const args = [
      'run',
      'first-test.ts',
      '--headless',
      '-u',
      '4',
      '-r',
      'all',
      '--processes',
      '2',
      '-H',
      url,
    ];
    const command = startLoadts(args);
    await command.printed('    2s  running');
    // The workers hold the pipes of the command: they close when the last worker is gone.
    command.process.kill('SIGKILL');
    await command.finished;
    expect(command.process.signalCode).toBe('SIGKILL');
  });
});
