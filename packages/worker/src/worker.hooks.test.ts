import { describe, expect, it } from 'vitest';
import { settle, until } from './fake-clock.case.ts';
import { connectWorker } from './fake-master.case.ts';
import { startServer } from './http/test-server.case.ts';
import { createScript, createUserScript } from './script/test-script.case.ts';

const notes: string[] = [];
const gate: { open: () => void } = { open: () => {} };
Object.assign(globalThis, { loadtsHookNotes: notes, loadtsGate: gate });

const USER = createUserScript(
  'ApiUser',
  `waitTime = constant(3600);
   onStart() { note('user starts'); }
   async get() { await this.client.get('/'); note('task ends'); }
   onStop() { note('user stops'); }`,
  'get',
).code;

/** A worker that has joined and loaded a script with these exports besides a user. */
async function joinWorker(exports: string) {
  notes.length = 0;
  const connected = await connectWorker();
  const { url, seen } = await startServer();
  await connected.master.greet();
  const note = 'const note = (text) => { globalThis.loadtsHookNotes.push(text); };';
  const wait = 'const wait = () => new Promise((open) => { globalThis.loadtsGate.open = open; });';
  connected.master.sendScript(createScript(`${USER}\n${note}\n${wait}\n${exports}`));
  await connected.master.last('scriptReady');
  const exceptions = () =>
    connected.master
      .all('snapshot')
      .flatMap(({ exceptions: kinds }) => kinds)
      .map(({ userClass, task, message }) => `${userClass} ${task}: ${message}`);
  return { ...connected, url, seen, exceptions };
}

const LIFE = `
export const onRunStart = ({ host, data, args, worker }) => note('start ' + JSON.stringify([data, args, worker]));
export const onRunStop = () => note('stop');
export const events = {
  request: ({ method, name, outcome }) => note([method, name, outcome].join(' ')),
  spawningComplete: ({ users }) => note('spawned ' + users),
  runStopping: ({ users }) => note('stopping ' + users),
};`;

describe('the hooks and events of a worker', () => {
  it('come in the order of life, each once', async () => {
    const { master, clock, url } = await joinWorker(LIFE);
    master.prepare({ host: url, data: '{"a":1}', args: '{"n":2}', workerIndex: 2, workers: 5 });
    expect(await master.last('prepared')).toEqual({ type: 'prepared', problem: null });
    expect(notes).toEqual(['start [{"a":1},{"n":2},{"index":2,"count":5}]']);
    master.send({ type: 'start', elapsedUs: 0 });
    // The other worker's user comes last.
    master.plan({ users: 2, spawnRate: 1, before: [[0], [0]] });
    await until(() => notes.includes('task ends'));
    await clock.advance(999);
    expect(notes).not.toContain('spawned 2');
    await clock.advance(1);
    master.send({ type: 'stop' });
    await master.last('final');
    expect(notes.slice(1)).toEqual([
      'user starts',
      'GET / ok',
      'task ends',
      'spawned 2',
      'stopping 1',
      'user stops',
      'stop',
    ]);
  });

  it('hold the last word back until onRunStop has ended, and the time of the last user is told', async () => {
    const { master, clock, url } = await joinWorker('export const onRunStop = wait;');
    master.start({ host: url });
    await clock.advance(1_500);
    master.send({ type: 'stop' });
    await settle();
    await clock.advance(2_000);
    expect(master.all('final')).toEqual([]);
    gate.open();
    expect(await master.last('final')).toMatchObject({ endedUs: 1_500_000 });
  });

  it('wait for promises of listeners before onRunStop', async () => {
    const { master, url } = await joinWorker(`
export const events = { runStopping: () => wait().then(() => note('listener ends')) };
export const onRunStop = () => note('stop');`);
    master.start({ host: url });
    await settle();
    master.send({ type: 'stop' });
    await settle();
    expect(notes).toEqual([]);
    gate.open();
    await master.last('final');
    expect(notes).toEqual(['listener ends', 'stop']);
  });

  it('are exceptions of the script where they throw, and stop nothing else', async () => {
    const { master, url, seen, exceptions } = await joinWorker(`
const fail = (text) => () => { throw new Error(text); };
export const events = {
  request: [fail('r'), async () => { throw new Error('later'); }],
  spawningComplete: fail('s'), runStopping: fail('t'), userError: fail('u'),
};
export const onRunStop = fail('stop');
ApiUser.prototype.onStop = fail('mine');`);
    master.start({ host: url });
    master.plan({});
    await until(() => notes.includes('task ends'));
    master.send({ type: 'stop' });
    await master.last('final');
    expect(seen).toHaveLength(1);
    expect(exceptions().toSorted()).toEqual([
      '(script) events.request: Error: later',
      '(script) events.request: Error: r',
      '(script) events.runStopping: Error: t',
      '(script) events.spawningComplete: Error: s',
      '(script) events.userError: Error: u',
      '(script) onRunStop: Error: stop',
      'ApiUser onStop: Error: mine',
    ]);
  });

  it('can stop the run from a listener', async () => {
    const { master, url } = await joinWorker(`
export const events = { request: ({ name }) => { throw new StopRun('enough of ' + name); } };
const StopRun = globalThis[Symbol.for('loadts.test.api')].StopRun;`);
    master.start({ host: url });
    master.plan({});
    expect(await master.last('stopRun')).toMatchObject({ reason: 'events.request: enough of /' });
  });

  it('tell about what escapes users, with the error itself', async () => {
    const { master, url } = await joinWorker(`
ApiUser.prototype.onStart = () => { throw new TypeError('no login'); };
export const events = { userError: ({ userClass, ordinal, task, error }) =>
  note([userClass, ordinal, task, error instanceof TypeError].join(' ')) };`);
    master.start({ host: url });
    master.plan({ ordinals: [4] });
    await until(() => notes.length > 1);
    expect(notes).toEqual(['ApiUser 4 onStart true', 'user stops']);
  });

  it('give no word of a start that fails but why, and the run ends with a last word', async () => {
    const { master } = await joinWorker(`
export const onRunStart = async () => { throw new Error('no database'); };
export const onRunStop = () => note('stop');`);
    master.prepare();
    expect((await master.last('prepared')).problem).toContain('Error: no database');
    master.send({ type: 'stop' });
    expect(await master.last('final')).toMatchObject({ totals: [], endedUs: 0 });
    expect(notes).toEqual([]);
  });

  it('end a start that is under way when the run is stopped', async () => {
    const { master } = await joinWorker(`
export const onRunStart = ({ signal }) => { signal.addEventListener('abort', () => note('aborted')); return wait(); };`);
    master.prepare();
    await settle();
    master.send({ type: 'stop' });
    await master.last('final');
    expect(notes).toEqual(['aborted']);
  });

  it.each([
    ['before the run', false],
    ['during the run', true],
  ])('clean up where the master is lost %s', async (_, isStarted) => {
    const { master, clock, outcome } = await joinWorker("export const onRunStop = () => note('stop');");
    if (isStarted) master.start();
    else master.prepare();
    await master.last('prepared');
    master.connection.close('crash');
    await clock.advance(1);
    await outcome;
    expect(notes).toEqual(['stop']);
  });
});
