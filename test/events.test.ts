import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSampleApi } from '../examples/sample-api/sample-api.mjs';
import { readSummary, runLoadts, startLoadts, writeScript } from './support/loadts.ts';

let api: ReturnType<typeof createSampleApi>;
let url: string;
const clean: (() => Promise<void>)[] = [];

beforeEach(async () => {
  api = createSampleApi();
  url = await api.listen();
});

afterEach(async () => {
  await api.close();
  for (const remove of clean.splice(0)) await remove();
});

/** A script with these exports and a user, whose `note` appends a line to a file that all processes share. */
async function writeNoting(exports: string) {
  const { path, folder, remove } = await writeScript(`import { appendFileSync } from 'node:fs';
import { constant, HttpUser, StopRun, task } from 'loadts';
const note = (text: string) => appendFileSync(new URL('notes', FOLDER), text + '\\n');
const FOLDER = process.env.NOTES_FOLDER;
${exports}
export class Visitor extends HttpUser {
  waitTime = constant(0.1);
  @task async home() { await this.client.get('/', { check: globalThis.visitorCheck }); }
}
`);
  clean.push(remove);
  const env = { NOTES_FOLDER: `file://${folder}/` };
  const readNotes = async (): Promise<string[]> =>
    (await readFile(join(folder, 'notes'), 'utf8').catch(() => '')).split('\n').filter((line) => line !== '');
  return { path, env, readNotes };
}

const load = ['--headless', '-u', '4', '-r', 'all', '--processes', '2', '--no-progress'];

describe('the life of a run over master and workers', () => {
  it('has every hook and event once where it belongs, in order', async () => {
    const { path, env, readNotes } = await writeNoting(`
export const setup = () => { note('setup'); return { token: 'x' }; };
export const onRunStart = ({ worker, data, host }) => note(['start', worker.index, worker.count, data.token, host].join(' '));
export const onRunStop = ({ worker }) => note('stop ' + worker.index);
export const teardown = () => note('teardown');
let requests = 0;
export const events = {
  request: (e) => { requests++; if (requests === 1) note('first ' + [e.method, e.name, e.status, e.outcome, e.userClass].join(' ')); },
  spawningComplete: ({ users }) => note('spawned ' + users),
  runStopping: () => note('stopping'),
  report: async (report) => {
    await new Promise((done) => setTimeout(done, 200));
    note('report ' + report.verdict.kind + ' ' + report.total.requests);
  },
};`);
    const { exitCode, stdout } = await runLoadts(['run', path, ...load, '-t', '2s', '-H', url], { env });
    const notes = await readNotes();
    const { total } = api.counts();
    expect(exitCode).toBe(0);
    expect(readSummary(stdout)['Aggregated']?.requests).toBe(total);
    expect(notes.toSorted()).toEqual(
      [
        'setup',
        `start 0 2 x ${url}`,
        `start 1 2 x ${url}`,
        ...Array(2).fill('first GET / 200 ok Visitor'),
        ...Array(2).fill('spawned 4'),
        ...Array(2).fill('stopping'),
        'stop 0',
        'stop 1',
        'teardown',
        `report pass ${total}`,
      ].toSorted(),
    );
    const kinds = notes.map((note) => note.split(' ')[0]);
    expect(kinds.slice(0, 3)).toEqual(['setup', 'start', 'start']);
    expect(kinds.indexOf('stop')).toBeGreaterThan(kinds.indexOf('stopping'));
    expect(kinds.indexOf('stopping')).toBeGreaterThan(kinds.lastIndexOf('spawned'));
    expect(kinds.slice(-3)).toEqual(['stop', 'teardown', 'report']);
  });

  it('begins for all when the slowest worker is prepared', async () => {
    const { path, env, readNotes } = await writeNoting(`
export async function onRunStart({ worker }) {
  if (worker.index === 1) await new Promise((done) => setTimeout(done, 1_500));
  note('prepared');
}
export const events = { request: ({ startedAtMs }) => note(startedAtMs < 500 ? 'early' : 'request') };`);
    const { exitCode, stdout } = await runLoadts(['run', path, ...load, '-t', '1s', '-H', url], { env });
    const notes = await readNotes();
    expect(exitCode).toBe(0);
    expect(notes.slice(0, 3)).toEqual(['prepared', 'prepared', 'early']);
    expect(readSummary(stdout)['Aggregated']?.requests).toBe(notes.length - 2);
    expect(api.counts().total).toBe(notes.length - 2);
  });

  it('does not begin where onRunStart fails on a worker, and what was begun is ended', async () => {
    const { path, env, readNotes } = await writeNoting(`
export const setup = () => note('setup');
export function onRunStart({ worker }) {
  if (worker.index === 1) throw new Error('no database');
}
export const onRunStop = ({ worker }) => note('stop ' + worker.index);
export const teardown = () => note('teardown');
export const events = { report: () => note('report') };`);
    const { exitCode, stderr } = await runLoadts(['run', path, ...load, '-t', '2s', '-H', url], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(
      /onRunStart\(\) of the script failed on worker \d\nError: no database\n.*load\.ts:8:/,
    );
    expect(await readNotes()).toEqual(['setup', 'stop 0', 'teardown']);
    expect(api.counts().total).toBe(0);
  });

  it('ends in order with Ctrl-C while workers prepare', async () => {
    const { path, env, readNotes } = await writeNoting(`
export const setup = () => note('setup');
export function onRunStart({ signal }) {
  signal.addEventListener('abort', () => note('aborted'));
  console.log('preparing');
  return new Promise((done) => setTimeout(done, 600_000));
}
export const teardown = () => note('teardown');`);
    const command = startLoadts(['run', path, ...load, '-H', url], { env });
    await command.printed('preparing');
    command.process.kill('SIGINT');
    const { exitCode, stdout } = await command.finished;
    expect(exitCode).toBe(1);
    expect(stdout).toContain('no request came to its end');
    expect(await readNotes()).toEqual(['setup', 'aborted', 'aborted', 'teardown']);
  });

  it('begins without a worker that is lost while it prepares', async () => {
    const { path, env, readNotes } = await writeNoting(`
export function onRunStart({ worker }) {
  if (worker.index === 0) return undefined;
  note(String(process.pid));
  console.log('preparing 1');
  return new Promise((done) => setTimeout(done, 600_000));
}`);
    const command = startLoadts(['run', path, ...load, '-t', '1s', '-H', url], { env });
    await command.printed('preparing 1');
    process.kill(Number((await readNotes())[0]), 'SIGKILL');
    const { exitCode, stdout } = await command.finished;
    expect(exitCode).toBe(4);
    expect(readSummary(stdout)['Aggregated']?.requests).toBe(api.counts().total);
    expect(api.counts().total).toBeGreaterThan(4);
  });
});

describe('listeners', () => {
  it('that throw make the run fail and are counted, and every request still is', async () => {
    const { path, env } = await writeNoting(`
export const events = {
  request: [() => { throw new Error('no disk'); }, async () => { throw new Error('no network'); }],
  spawningComplete() { throw new Error('too many'); },
};`);
    const { exitCode, stdout } = await runLoadts(['run', path, ...load, '-t', '1s', '-H', url], { env });
    const { total } = api.counts();
    expect(exitCode).toBe(1);
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: total, failures: 0 });
    const exceptions = [...stdout.matchAll(/^ +(\d+) +\(script\)\.(\S+): (.*)$/gm)].map(
      ([, ...parts]) => parts,
    );
    expect(exceptions.toSorted()).toEqual([
      ['2', 'events.spawningComplete', 'Error: too many'],
      [`${total}`, 'events.request', 'Error: no disk'],
      [`${total}`, 'events.request', 'Error: no network'],
    ]);
  });

  it('of the report that fail are shown, and make 1 of a run that passed', async () => {
    const { path, env, readNotes } = await writeNoting(`
export const events = { report: [() => { throw new Error('no disk'); }, (report) => note(report.verdict.kind)] };`);
    const { exitCode, stdout, stderr } = await runLoadts(['run', path, ...load, '-t', '1s', '-H', url], {
      env,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Verdict: PASS');
    expect(stderr).toMatch(/events\.report\(\) threw.*Error: no disk.*load\.ts:6:/);
    expect(await readNotes()).toEqual(['pass']);
  });

  it('of events that there are not are refused before anything is run', async () => {
    const { path, env } = await writeNoting('export const events = { requests: () => {}, report: 5 };');
    const { exitCode, stderr } = await runLoadts(['run', path, ...load, '-t', '1s', '-H', url], { env });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('events.requests is no event; did you mean request?');
    expect(stderr).toContain('events.report has 5 where a function belongs');
    expect(api.counts().total).toBe(0);
  });
});

describe('StopRun in a check', () => {
  it('ends the run, and its request counts as what its status says', async () => {
    const { path, env } = await writeNoting(`
globalThis.visitorCheck = () => { throw new StopRun('sold out'); };`);
    const { exitCode, stdout } = await runLoadts(['run', path, ...load, '-t', '60s', '-H', url], { env });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/Visitor \d in home: sold out/);
    expect(readSummary(stdout)['Aggregated']).toEqual({ requests: api.counts().total, failures: 0 });
  });
});
