import { StopRun, StopUser } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { settle } from './fake-clock.case.ts';
import { connectWorker, createScenario } from './fake-master.case.ts';
import { createScript, createUserScript } from './script/test-script.case.ts';

const IDLE = createUserScript('ApiUser', 'waitTime = constant(3600); idle() {}', 'idle');

async function joinWorker() {
  const connected = await connectWorker();
  await connected.master.greet();
  connected.master.sendScript(IDLE);
  await connected.master.last('scriptReady');
  return connected;
}

describe('a script that a worker is sent', () => {
  it('is loaded once all its parts are there', async () => {
    const { master } = await connectWorker();
    await master.greet();
    master.sendScript(IDLE, 7);
    expect(await master.last('scriptReady')).toEqual({ type: 'scriptReady', hash: IDLE.hash });
  });

  it.each([
    ['was changed on its way', { ...IDLE, hash: 'f00' }, /^the script arrived with hash/],
    [
      'throws',
      createScript("throw new Error('no config');"),
      /^the script threw while it was loaded\nError: no config/,
    ],
    ['throws a lot', createScript("throw new Error('x'.repeat(50000));"), /^the script threw/],
    ['exports no users', createScript('export const x = 1;'), /exports no user class/],
  ])('is reported where it %s, and can be replaced by a better one', async (_, script, expected) => {
    const { master } = await connectWorker();
    await master.greet();
    master.sendScript(script);
    expect((await master.last('scriptFailed')).message).toMatch(expected);
    master.sendScript(IDLE);
    await master.last('scriptReady');
    expect(master.closedWith).toBeUndefined();
  });

  it('must have the classes of the run', async () => {
    const { master, outcome } = await joinWorker();
    master.start({ scenarios: [createScenario({ classes: [{ name: 'Ghost', weight: 1, fixedCount: 0 }] })] });
    expect(await outcome).toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: 'the script has no user class Ghost on this worker',
    });
  });

  it('has what it throws outside of tasks counted, but for users that end', async () => {
    const { master, worker, logs } = await joinWorker();
    worker.recordStray(new Error('before any run'));
    worker.recordStray(new StopUser());
    expect(logs.take()).toEqual([{ level: 'error', text: 'outside of a run: Error: before any run' }]);
    master.start({});
    await settle();
    worker.recordStray(new Error('timer'));
    worker.recordStray(new StopUser());
    master.send({ type: 'stop' });
    await master.last('final');
    expect(master.all('snapshot').flatMap(({ exceptions }) => exceptions)).toMatchObject([
      { userClass: '(script)', task: 'outside of a task', message: 'Error: timer', count: 1 },
    ]);
  });

  it('asks its master once to stop the run where code outside of tasks does', async () => {
    const { master, worker } = await joinWorker();
    master.start({});
    await settle();
    worker.recordStray(new StopRun('the stock is empty'));
    worker.recordStray(new StopRun('and again'));
    master.send({ type: 'stop' });
    await master.last('final');
    worker.recordStray(new StopRun('too late'));
    expect(master.all('stopRun').map(({ reason }) => reason)).toEqual([
      'code outside of a task: the stock is empty',
    ]);
  });
});
