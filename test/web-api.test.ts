import { mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { findWorkers } from './support/find-workers.ts';
import { startLoadts, writeScript } from './support/loadts.ts';
import { startWebUi, type WebUi } from './support/web-ui.ts';

let api: ReturnType<typeof createSampleApi>;
let target: string;
let ui: WebUi | undefined;

beforeEach(async () => {
  api = createSampleApi();
  target = await api.listen();
});

afterEach(async () => {
  ui?.command.process.kill('SIGKILL');
  ui = undefined;
  await api.close();
});

async function open(...args: readonly string[]): Promise<WebUi> {
  ui = await startWebUi(['run', 'first-test.ts', '--processes', '1', ...args]);
  return ui;
}

/** Ctrl-C. */
async function end({ command }: WebUi): Promise<{ exitCode: number | null; stdout: string; stderr: string }> {
  command.process.kill('SIGINT');
  return await command.finished;
}

function isOver({ phase, canStart }: { phase: string; canStart: { ok: boolean } }): boolean {
  return phase === 'stopped' && canStart.ok;
}

const total = (csv: string): number => Number(csv.split('\r\n').at(-2)?.split(',')[2]);

describe('the web UI of a run', () => {
  it('starts, changes, stops and starts again, with numbers that agree with the target', async () => {
    const page = await open('-H', target);
    expect(await page.state()).toMatchObject({ phase: 'ready', form: { host: target, users: 1 }, run: null });
    expect((await page.post('start', { users: 2, spawnRate: 'all' })).status).toBe(200);
    expect((await page.post('start')).status).toBe(409);
    await page.event('second', ({ second, users }) => second >= 1 && users === 2);
    expect((await page.post('users', { users: 5 })).status).toBe(200);
    const more = await page.event('second', ({ users }) => users === 5);
    expect(more).toMatchObject({
      targetUsers: 5,
      workers: [{ id: 1, state: expect.any(String), users: expect.any(Number) }],
    });
    expect((await page.post('stop')).status).toBe(200);
    const after = await page.event('state', isOver);
    const [run] = after.runs;
    const last = await page.event('second', () => true);
    expect(last.total.requests).toBe(run?.requests);
    expect(run?.requests).toBe(api.counts().total);
    expect(total(await page.get(`runs/${run?.id}/csv/stats`))).toBe(run?.requests);
    const { events, points } = JSON.parse(await page.get('run/history')) as {
      events: { text: string; isByUser: boolean }[];
      points: { requests: number }[];
    };
    expect(events).toContainEqual(expect.objectContaining({ kind: 'users', isByUser: true }));
    expect(points.reduce((sum, { requests }) => sum + requests, 0)).toBeCloseTo(run?.requests ?? 0);

    expect((await page.post('start', { users: 1, runTime: '1s' })).status).toBe(200);
    const { runs } = await page.event('state', (state) => state.runs.length === 2 && isOver(state));
    expect((runs[0]?.requests ?? 0) + (runs[1]?.requests ?? 0)).toBe(api.counts().total);
    expect(await page.get(`runs/${runs[1]?.id}/report`)).toContain('<!doctype html>');
    const ended = await end(page);
    expect(ended.exitCode).toBe(0);
    expect(ended.stdout.match(/Verdict: PASS/g)).toHaveLength(2);
  });

  it('ends with the verdict of the last run, whose files are the ones that are kept; each has a run file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'loadts-web-'));
    const json = join(folder, 'run.json');
    const script = await writeScript(`import { HttpUser, task } from 'loadts';
export const args = { path: { help: 'what to get' } };
export class Reader extends HttpUser {
  @task async read() { await this.client.get(String(this.args['path'])); }
}`);
    ui = await startWebUi(['run', script.path, '--processes', '1', '--json', json], {
      cwd: folder,
      env: { LOADTS_NO_RUN_FILE: 'false' },
    });
    const refused = (await (await ui.post('start', { users: 'many', host: 'nowhere' })).json()) as {
      error: { message: string };
    };
    expect(refused.error.message).toContain('3 problems');
    expect(refused.error.message).toContain('users: "many" is not a whole number');
    expect(refused.error.message).toContain('argument path (what to get) has no value');
    const start = { host: target, runTime: '1s', args: { path: '/' } };
    await ui.post('start', { ...start, users: 1 });
    await ui.event('state', (state) => state.runs.length === 1 && isOver(state));
    await ui.post('start', { ...start, users: 2, thresholds: ['p95 < 1us'] });
    const { runs } = await ui.event('state', (state) => state.runs.length === 2 && isOver(state));
    expect(runs.map(({ verdict }) => verdict)).toEqual(['pass', 'fail']);
    const history = await ui.get(`runs/${runs[0]?.id}/csv/stats_history`);
    expect(history).toMatch(/^Timestamp,User Count/);
    const compared = await ui.get(`compare?a=${runs[0]?.id}&b=${runs[1]?.id}`);
    expect(JSON.parse(compared)).toHaveProperty('total');
    const { exitCode } = await end(ui);
    expect(exitCode).toBe(1);
    expect(JSON.parse(await readFile(json, 'utf8'))).toMatchObject({ id: runs[1]?.id });
    expect((await readdir(join(folder, '.loadts', 'runs'))).sort()).toEqual(runs.map(({ id }) => id).sort());
    await script.remove();
    await rm(folder, { recursive: true });
  });

  it('shows a worker that is lost, and starts again with the others', async () => {
    ui = await startWebUi(['run', 'first-test.ts', '--processes', '2', '-H', target, '-s', '1s']);
    const workers = await findWorkers(ui.command);
    await ui.post('start', { users: 4, spawnRate: 'all' });
    await ui.event('second', ({ users }) => users === 4);
    process.kill(workers[0] as number, 'SIGKILL');
    const gone = await ui.event('second', (second) => second.workers.some(({ state }) => state === 'lost'));
    expect(gone.workers.map(({ users }) => users)).toContain(0);
    await ui.post('stop', { force: true });
    await ui.event('state', isOver);
    expect((await ui.post('start', { users: 1, runTime: '1s' })).status).toBe(200);
    await ui.event('state', (state) => state.runs.length === 2 && isOver(state));
  });

  it('runs the scenarios that are chosen, by the rules of the command line', async () => {
    ui = await startWebUi(['run', 'scenarios.ts', '--processes', '1', '-H', target]);
    const { form } = await ui.state();
    expect(form.scenarios.map(({ name }) => name)).toEqual(['browse', 'buy']);
    expect(form.scenarios[1]?.load).toBe('20 iterations/s on up to 50 users of Buyer, from 10 s, until 25 s');
    expect(form.chosenScenarios).toEqual(['browse', 'buy']);
    const refused = await ui.post('start', { scenarios: ['brows'] });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('no scenario')]);
    expect((await ui.post('start', { scenarios: [1] })).status).toBe(400);
    await ui.post('start', { scenarios: ['browse'], runTime: '2s' });
    const { runs } = await ui.event('state', (state) => state.runs.length === 1 && isOver(state));
    const { scenarios } = JSON.parse(await ui.get(`runs/${runs[0]?.id}/result`)) as {
      scenarios: readonly { readonly name: string }[];
    };
    expect(scenarios.map(({ name }) => name)).toEqual(['browse']);
  });

  it('asks for one of several shapes at the start of a run, not before, and headless before', async () => {
    const script = await writeScript(`import { HttpUser, LoadTestShape, task } from 'loadts';
export class Three extends LoadTestShape { tick() { return this.getRunTime() < 2 ? { users: 3, spawnRate: 9 } : null; } }
export class Four extends LoadTestShape { tick() { return this.getRunTime() < 2 ? { users: 4, spawnRate: 9 } : null; } }
export class Reader extends HttpUser { @task async read() { await this.client.get('/'); } }`);
    const command = ['run', script.path, '--processes', '1', '-H', target];
    const headless = await startLoadts([...command, '--headless']).finished;
    expect([headless.exitCode, headless.stderr]).toEqual([
      2,
      expect.stringContaining('the script has several shapes: Four, Three'),
    ]);
    ui = await startWebUi(command);
    expect((await ui.state()).form).toMatchObject({ shapes: ['Four', 'Three'], shape: null });
    const refused = await ui.post('start');
    expect([refused.status, await refused.text()]).toEqual([
      400,
      expect.stringContaining('several shapes: Four, Three'),
    ]);
    await ui.post('start', { shape: 'Four' });
    expect((await ui.event('second', ({ users }) => users > 0)).targetUsers).toBe(4);
    await ui.event('state', (state) => state.runs.length === 1 && isOver(state));
    await ui.post('start', { shape: '', users: 2, spawnRate: 'all', runTime: '1s' });
    expect((await ui.event('second', ({ users }) => users > 0)).targetUsers).toBe(2);
    await ui.event('state', (state) => state.runs.length === 2 && isOver(state));
    await script.remove();
  });

  it.skipIf(process.platform !== 'linux')('leaves no file open where setup() fails', async () => {
    const script = await writeScript(`import { HttpUser, task } from 'loadts';
export async function setup() { throw new Error('no database'); }
export class Reader extends HttpUser { @task async read() { await this.client.get('/'); } }`);
    const csv = join(script.folder, 'out');
    ui = await startWebUi(['run', script.path, '--processes', '1', '-H', target, '--csv', csv]);
    for (let i = 0; i < 2; i++) {
      await ui.post('start');
      const { problem } = await ui.event('state', (state) => state.problem !== null && state.canStart.ok);
      expect(problem?.message).toContain('no database');
    }
    const descriptors = `/proc/${ui.command.process.pid}/fd`;
    const names = await readdir(descriptors);
    // Some are gone by the time that they are looked at.
    const paths = await Promise.all(names.map((name) => readlink(join(descriptors, name)).catch(() => '')));
    expect(paths.filter((path) => path.startsWith(script.folder))).toEqual([]);
    await script.remove();
  });

  it('gives up what comes before the load, and can start again', async () => {
    const page = await open('-H', target, '--wait-for', '/never');
    await page.post('start');
    expect((await page.state()).phase).toBe('starting');
    await page.post('stop');
    const given = await page.event('state', ({ canStart }) => canStart.ok);
    expect(given).toMatchObject({
      phase: 'ready',
      problem: { code: 'WORKERS_MISSING', message: 'stopped before the load began' },
      runs: [],
    });
    expect((await page.post('start')).status).toBe(200);
    expect((await end(page)).exitCode).toBe(4);
  });

  it('starts and ends by itself where it is told to, and tells why where it cannot', async () => {
    const automatic = startLoadts([
      'run',
      'first-test.ts',
      '-H',
      target,
      '-t',
      '1s',
      '--processes',
      '1',
      '--web-port',
      '0',
      '--autostart',
      '--autoquit',
      '0',
    ]);
    expect(await automatic.finished).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Verdict: PASS'),
    });
    const { url } = await open('-H', target);
    const { port } = new URL(url);
    const second = startLoadts(['run', 'first-test.ts', '--processes', '1', '--web-port', port]);
    const { exitCode, stderr } = await second.finished;
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain(`the web UI cannot have 127.0.0.1:${port}: something else has it`);
    expect(stderr).toMatch(/--web-port \d+/);
  });

  it('asks for a token where others can reach it', async () => {
    const command = startLoadts([
      'run',
      'first-test.ts',
      '-H',
      target,
      '--web-port',
      '0',
      '--web-host',
      '0.0.0.0',
      '--processes',
      '1',
    ]);
    await command.printed('Its token, for this time: ');
    command.process.kill('SIGINT');
    const { stdout, exitCode } = await command.finished;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Web UI: http:\/\/\S+:\d+\nIts token, for this time: [0-9a-f]{48}\n/);
  });
});
