import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import type { HttpClient } from './http-client.ts';
import { RescheduleTask } from './reschedule-task.ts';
import { StopRun } from './stop-run.ts';
import { StopUser } from './stop-user.ts';
import { HttpUser, User, type UserContext } from './user.ts';

const client = {} as HttpClient;
const context: UserContext = {
  ordinal: 4,
  host: 'http://127.0.0.1:1',
  random: createRandom(1),
  data: { token: 'x' },
  args: { tenant: 'a' },
  createHttpClient: () => client,
  measure: () => Promise.reject(new Error('not here')),
};

describe('User', () => {
  class Idle extends User {}

  it('knows its ordinal, its host, its random numbers, the data of setup and the arguments', () => {
    const { ordinal, host, random, data, args } = context;
    expect(new Idle(context)).toMatchObject({ ordinal, host, random, data, args });
  });

  it('does not wait, and does nothing at its start and end, unless it says so', () => {
    const user = new Idle(context);
    expect(user.waitTime({ random: context.random, iterationSeconds: 1 })).toBe(0);
    expect(user.onStart()).toBeUndefined();
    expect(user.onStop()).toBeUndefined();
  });

  it('hands what it measures to its worker', async () => {
    const calls: unknown[] = [];
    const measure: UserContext['measure'] = (method, name, work, options) => {
      calls.push([method, name, options]);
      return Promise.resolve(work({ bytesReceived: 0, success: () => {}, failure: () => {} }));
    };
    const user = new Idle({ ...context, measure });
    expect(await user.measure('GRPC', 'Hello', () => 7)).toBe(7);
    expect(await user.measure('GRPC', 'Hello', async () => 8, { url: 'u' })).toBe(8);
    expect(calls).toEqual([
      ['GRPC', 'Hello', {}],
      ['GRPC', 'Hello', { url: 'u' }],
    ]);
  });

  it('has weight 1, no fixed count and no host unless it says so', () => {
    expect([Idle.weight, Idle.fixedCount, Idle.host]).toEqual([1, 0, undefined]);
  });
});

describe('HttpUser', () => {
  it('has a client of its own', () => {
    class Shopper extends HttpUser {}
    expect(new Shopper(context).client).toBe(client);
  });
});

describe('StopUser', () => {
  it('is an error with a name and a reason', () => {
    expect(new StopUser()).toMatchObject({ name: 'StopUser', message: 'this user ends' });
    expect(new StopUser('sold out').message).toBe('sold out');
  });
});

describe('StopRun and RescheduleTask', () => {
  it('say what they are, and what the script adds', () => {
    expect(new StopRun()).toMatchObject({ name: 'StopRun', message: 'a user asked for it' });
    expect(new StopRun('sold out').message).toBe('sold out');
    expect(new RescheduleTask()).toMatchObject({ name: 'RescheduleTask', message: 'this task ends' });
    expect(new RescheduleTask('not now').message).toBe('not now');
  });
});
