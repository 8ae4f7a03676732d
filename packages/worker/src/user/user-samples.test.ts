import { runInNewContext } from 'node:vm';
import {
  type MeasuredSample,
  type RequestEvent,
  RescheduleTask,
  StopRun,
  StopUser,
  type User,
} from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { WorkerEvents } from '../events/worker-events.ts';
import { settle } from '../fake-clock.case.ts';
import { createDiary, createEnvironment, defineUser, type Script } from './test-users.case.ts';
import { UserLoop } from './user-loop.ts';

type Work = (sample: MeasuredSample) => unknown;

/** A user that lives once through this, on a fake clock, with a listener for its requests. */
function startUser(script: Script) {
  const heard: RequestEvent[] = [];
  const parts = createEnvironment();
  const events = new WorkerEvents({
    events: { request: (event) => heard.push(event) },
    clock: parts.clock,
    onFailed: () => {},
  });
  const environment = { ...parts.environment, events, runStartUs: 500 };
  const loop = new UserLoop(defineUser(script), 3, environment);
  return { ...parts, heard, loop, environment, ended: loop.run() };
}

/** One iteration that measures this. */
async function measureOnce(work: Work) {
  const state: { result?: unknown; thrown?: unknown } = {};
  const { loop, ended, recording, heard, stopReasons } = startUser({
    tasks: {
      call: async (user) => {
        loop.stop();
        try {
          state.result = await user.measure('GRPC', 'Hello', work, { url: 'grpc://there' });
        } catch (thrown) {
          state.thrown = thrown;
          throw thrown;
        }
      },
    },
  });
  await ended;
  const { started, ...total } = recording.total();
  expect([started, heard.length, recording.unended()]).toEqual([1, 1, 0]);
  return {
    ...state,
    total,
    failures: Object.keys(recording.failures()),
    exceptions: Object.keys(recording.exceptions()),
    stopReasons,
    event: heard[0],
  };
}

const fail = (thrown: unknown) => () => Promise.reject(thrown);
const withCode = (code: string): Error => Object.assign(new Error(`connect ${code} 127.0.0.1:4`), { code });

describe('measured work', () => {
  it('is one request that took as long as the work, and gives back its result', async () => {
    const { clock, loop, ended, recording, heard } = startUser({
      tasks: {
        call: async (user) => {
          loop.stop();
          const wait = (): Promise<number> => new Promise((resolve) => clock.schedule(250, () => resolve(7)));
          const result = await user.measure('GRPC', 'Hello', async (sample) => {
            sample.bytesReceived = 12;
            return await wait();
          });
          expect(result).toBe(7);
        },
      },
    });
    await clock.advance(250);
    await ended;
    expect(recording.total()).toEqual({ started: 1, ok: 1, bytesReceived: 12 });
    expect(Object.keys(recording.counts())).toEqual(['GRPC Hello']);
    expect(heard).toEqual([
      {
        method: 'GRPC',
        name: 'Hello',
        url: undefined,
        outcome: 'ok',
        status: 0,
        reason: undefined,
        error: undefined,
        durationMs: 250,
        startedAtMs: 0.5,
        bytesReceived: 12,
        response: undefined,
        userClass: 'TestUser',
        ordinal: 3,
        tags: [],
      },
    ]);
  });

  it('need not be asynchronous, and may answer with any kind of promise', async () => {
    expect(await measureOnce(() => 5)).toMatchObject({ result: 5, total: { ok: 1 } });
    const foreign = (): unknown => runInNewContext('Promise.resolve(6)');
    expect(foreign()).not.toBeInstanceOf(Promise);
    expect(await measureOnce(foreign)).toMatchObject({ result: 6, total: { ok: 1 } });
  });

  it.each([
    ['rejects', fail(new TypeError('no stub'))],
    [
      'throws',
      () => {
        throw new TypeError('no stub');
      },
    ],
  ])(
    'that %s fails the request, and its error reaches the task without being counted again',
    async (_, work) => {
      expect(await measureOnce(work)).toMatchObject({
        thrown: new TypeError('no stub'),
        total: { checkFailed: 1 },
        failures: ['TypeError: no stub'],
        exceptions: [],
        event: {
          outcome: 'checkFailed',
          reason: 'TypeError: no stub',
          error: new TypeError('no stub'),
          url: 'grpc://there',
        },
      });
    },
  );

  it.each([
    ['ECONNREFUSED', 'connectionError', 'connection refused (ECONNREFUSED)'],
    ['ECONNRESET', 'connectionError', 'connection closed before the response ended (ECONNRESET)'],
    ['ETIMEDOUT', 'timeout', 'timeout (ETIMEDOUT)'],
    ['MY_CODE', 'checkFailed', 'Error: connect MY_CODE 127.0.0.1:4'],
  ])('that fails with the code %s is a %s', async (code, outcome, reason) => {
    const { total, failures } = await measureOnce(fail(withCode(code)));
    expect([total, failures]).toEqual([{ [outcome]: 1 }, [reason]]);
  });

  it('that runs into a timeout of an AbortSignal is a timeout', async () => {
    const thrown = new DOMException('too slow', 'TimeoutError');
    expect(await measureOnce(fail(thrown))).toMatchObject({
      total: { timeout: 1 },
      failures: ['too slow'],
    });
  });

  it.each([
    ['StopUser', new StopUser(), []],
    ['RescheduleTask', new RescheduleTask(), []],
    ['StopRun', new StopRun('sold out'), ['TestUser 3 in call: sold out']],
  ])('that throws %s fails nothing', async (_, thrown, stopReasons) => {
    expect(await measureOnce(fail(thrown))).toMatchObject({
      thrown,
      stopReasons,
      total: { ok: 1 },
      failures: [],
      exceptions: [],
    });
  });

  it.each<[string, Work, object]>([
    [
      'failure()',
      (sample) => sample.failure('bad status'),
      { failures: ['bad status'], total: { checkFailed: 1 } },
    ],
    ['failure() without a reason', (sample) => (sample.failure as () => void)(), { failures: ['failed'] }],
    [
      'failure() and then throws',
      (sample) => {
        sample.failure('bad status');
        throw new Error('x');
      },
      { failures: ['bad status'], exceptions: [] },
    ],
    [
      'success() after failure()',
      (sample) => {
        sample.failure('bad status');
        sample.success();
      },
      { failures: [], total: { ok: 1 } },
    ],
    [
      'success() and then throws',
      (sample) => {
        sample.success();
        throw new Error('x');
      },
      { failures: [], total: { ok: 1 }, exceptions: ['TestUser.call: Error: x'] },
    ],
  ])('may decide by itself: %s', async (_, work, expected) => {
    expect(await measureOnce(work)).toMatchObject(expected);
  });

  it.each([Number.NaN, -5, 0.5, '7'])('counts no bytes where it says %s', async (bytes) => {
    const { total } = await measureOnce((sample) => {
      sample.bytesReceived = bytes as number;
    });
    expect(total).toEqual({ ok: 1 });
  });

  it('in measured work fails both where the error goes through both, and is still no exception', async () => {
    const { loop, ended, recording } = startUser({
      tasks: {
        call: async (user) => {
          loop.stop();
          await user.measure('FLOW', 'buy', () => user.measure('STEP', 'pay', fail(new Error('declined'))));
        },
      },
    });
    await ended;
    expect(recording.total()).toEqual({ started: 2, checkFailed: 2 });
    expect(recording.exceptions()).toEqual({});
  });

  it('is counted as aborted where its user is cut off, once, and the user may clean up', async () => {
    const { entries, note } = createDiary();
    let finish: () => void = () => {};
    const { loop, ended, recording, heard } = startUser({
      tasks: {
        call: async (user) => {
          try {
            await user.measure('TCP', 'wait', () => new Promise<void>((resolve) => (finish = resolve)));
          } catch (thrown) {
            entries.push((thrown as Error).name);
            throw thrown;
          }
        },
      },
      onStop: note('stop'),
    });
    await settle();
    loop.abort();
    finish();
    await ended;
    expect(entries).toEqual(['StopUser', 'stop']);
    expect(recording.total()).toEqual({ started: 1, aborted: 1 });
    expect(heard.map(({ outcome }) => outcome)).toEqual(['aborted']);
  });

  it('begins no more once its user is gone', async () => {
    let late: User | undefined;
    const { loop, ended, recording } = startUser({
      tasks: {
        call: (user) => {
          late = user;
          loop.stop();
        },
      },
    });
    await ended;
    await expect(late?.measure('A', 'b', () => 1)).rejects.toBeInstanceOf(StopUser);
    expect(recording.total()).toEqual({});
  });

  it('says what is wrong with a call that lacks something', async () => {
    const { loop, ended, recording } = startUser({
      tasks: {
        call: async (user) => {
          loop.stop();
          await (user.measure as unknown as (name: string, work: Work) => Promise<void>)('Hello', () => {});
        },
      },
    });
    await ended;
    expect(Object.keys(recording.exceptions())).toEqual([
      'TestUser.call: LoadtsError: measure was called with string, function and undefined',
    ]);
  });
});
