import { HttpUser, StopUser, type User } from '@loadts/core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { startServer } from '../http/test-server.case.ts';
import { systemClock } from '../system-clock.ts';
import { createDiary, createEnvironment, defineUser, type Script } from './test-users.case.ts';
import type { UserEnvironment } from './user-environment.ts';
import { UserLoop } from './user-loop.ts';

describe('a user of a target', () => {
  const httpUser = (script: Script, ordinal: number, environment: UserEnvironment): UserLoop => {
    const base = HttpUser as unknown as typeof User;
    const loop = new UserLoop(defineUser(script, 'TestUser', base), ordinal, environment);
    onTestFinished(() => loop.abort());
    return loop;
  };

  it('has its requests cut off when it is forced to end, and may still clean up', async () => {
    const { entries, note } = createDiary();
    const { url, seen } = await startServer(() => {});
    const { recording, environment } = createEnvironment({ clock: systemClock, host: url });
    const loop = httpUser(
      {
        tasks: {
          work: async (user) => {
            try {
              await (user as HttpUser).client.get('/stuck');
            } finally {
              for (let i = 0; i < 50; i++) await Promise.resolve();
              note('finally')();
            }
          },
        },
        onStop: note('stop'),
      },
      0,
      environment,
    );
    const ended = loop.run();
    while (seen.length === 0) await settle();
    loop.abort();
    await ended;
    expect(entries).toEqual(['finally', 'stop']);
    expect(recording.total()).toEqual({ started: 1, aborted: 1 });
    expect(recording.exceptions()).toEqual({});
  });

  it('has a streamed body that its task leaves unread discarded when the task ends', async () => {
    const { url } = await startServer((_, response) => response.write('first'));
    const { recording, environment } = createEnvironment({ clock: systemClock, host: url });
    let runs = 0;
    const work = async (user: User): Promise<void> => {
      if (runs++ > 0) throw new StopUser();
      const response = await (user as HttpUser).client.get('/', { stream: true });
      expect(response.status).toBe(200);
    };
    await httpUser({ tasks: { work } }, 0, environment).run();
    expect(recording.total()).toEqual({ started: 1, ok: 1, bytesReceived: 5 });
  });

  it('has what it did not wait for cut off when it ends', async () => {
    const { url } = await startServer(() => {});
    const { recording, environment } = createEnvironment({ clock: systemClock, host: url });
    const rejected: unknown[] = [];
    await httpUser(
      {
        tasks: {
          work: (user) => {
            (user as HttpUser).client.get('/stuck').catch((error: unknown) => rejected.push(error));
            throw new StopUser();
          },
        },
      },
      0,
      environment,
    ).run();
    await settle();
    expect(rejected).toEqual([expect.any(StopUser)]);
    expect(recording.total()).toEqual({ started: 1, aborted: 1 });
  });

  it.each<[string, (user: HttpUser) => unknown]>([
    ['does nothing', () => {}],
    ['does nothing, asynchronously', async () => Promise.resolve()],
    [
      'throws',
      () => {
        throw new Error('x');
      },
    ],
    ['makes a request that is refused', ({ client }) => client.get('/', { json: 1, form: {} } as never)],
    [
      'makes a request that cannot be written',
      ({ client }) => client.get('/', { headers: { upgrade: 'x' } }),
    ],
    ['makes a request without a host', ({ client }) => client.get('/')],
    [
      'makes a request that nobody waits for',
      ({ client }) => void client.get('http://127.0.0.1:1/').catch(() => {}),
    ],
  ])('gives way to others also where its task %s and it never waits', async (_, work) => {
    const { environment } = createEnvironment({ clock: systemClock, host: 'http://127.0.0.1:1' });
    let iterations = 0;
    const loop = httpUser(
      {
        tasks: {
          work: (user) => {
            iterations++;
            return work(user as HttpUser);
          },
        },
      },
      0,
      environment,
    );
    const ended = loop.run();
    for (let turn = 0; turn < 3; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
    loop.stop();
    await ended;
    expect(iterations).toBeGreaterThan(0);
  });
});
