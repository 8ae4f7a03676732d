import { type Check, InterruptTaskSet, RescheduleTask, StopRun, StopUser } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createClient, startServer } from './test-server.case.ts';

/** Sends one request that is answered with this status, and tells how it was counted. */
async function judge(check: Check, status = 200): Promise<{ counted: object; reasons: string[] }> {
  const { url } = await startServer((_, response) => response.writeHead(status).end('{"items":[]}'));
  const { client, recording } = createClient(url);
  const response = await client.get('/', { check });
  expect(response.status).toBe(status);
  const { started, bytesReceived, ...counted } = recording.total();
  expect([started, bytesReceived]).toEqual([1, 12]);
  return { counted, reasons: Object.keys(recording.failures()) };
}

const passed = { counted: { ok: 1 }, reasons: [] };

describe('a check', () => {
  it('that returns nothing leaves it to the status', async () => {
    expect(await judge(() => {})).toEqual(passed);
    expect(await judge(() => {}, 404)).toEqual({
      counted: { httpError: 1 },
      reasons: ['HTTP 404 Not Found'],
    });
  });

  it.each<[string, Check]>([
    ['returns true', () => true],
    ['calls success()', (response) => response.success()],
    ['resolves to true', () => Promise.resolve(true)],
    [
      'calls success() after a while',
      async (response) => {
        await Promise.resolve();
        response.success();
      },
    ],
  ])('that %s makes a success of every status', async (_, check) => {
    expect(await judge(check)).toEqual(passed);
    expect(await judge(check, 500)).toEqual(passed);
  });

  it.each<[string, Check, string]>([
    ['returns false', () => false, 'check failed'],
    ['returns a text', () => 'no items', 'no items'],
    ['returns an empty text', () => '', ''],
    ['calls failure()', (response) => response.failure('no items'), 'no items'],
    ['calls failure() without a reason', (response) => (response.failure as () => void)(), 'check failed'],
    [
      'calls failure() after success()',
      (response) => {
        response.success();
        response.failure('after all not');
      },
      'after all not',
    ],
    [
      'throws',
      () => {
        throw new RangeError('too many');
      },
      'RangeError: too many',
    ],
    [
      'throws after success()',
      (response) => {
        response.success();
        throw new Error('late');
      },
      'Error: late',
    ],
    // A script may throw anything.
    [
      'throws what is no error',
      () => {
        throw { code: 5 } as unknown as Error;
      },
      'thrown: { code: 5 }',
    ],
    [
      'throws what has no text',
      () => {
        throw Object.create(null) as Error;
      },
      'thrown: [Object: null prototype] {}',
    ],
    ['reads JSON that is none', (response) => void JSON.parse(`${response.text()}x`), 'SyntaxError: '],
    ['resolves to false', async () => Promise.resolve(false), 'check failed'],
    ['resolves to a text', async () => Promise.resolve('no items'), 'no items'],
    ['rejects', () => Promise.reject(new TypeError('no')), 'TypeError: no'],
    [
      'calls failure() after a while',
      async (response) => {
        await Promise.resolve();
        response.failure('late');
      },
      'late',
    ],
  ])('that %s fails the request, whatever the status', async (_, check, reason) => {
    for (const status of [200, 500]) {
      const { counted, reasons } = await judge(check, status);
      expect(counted).toEqual({ checkFailed: 1 });
      expect(reasons).toEqual([reason.endsWith(': ') ? expect.stringContaining(reason) : reason]);
    }
  });

  it.each<[string, Error]>([
    ['StopRun', new StopRun('sold out')],
    ['StopUser', new StopUser()],
    ['RescheduleTask', new RescheduleTask()],
    ['InterruptTaskSet', new InterruptTaskSet({}, true)],
  ])(
    'that throws %s leaves the request to what was decided before, and the caller gets it',
    async (_, thrown) => {
      const { url } = await startServer((request, response) =>
        response.writeHead(request.url === '/bad' ? 500 : 200).end(),
      );
      const { client, recording } = createClient(url);
      const refuse = (): never => {
        throw thrown;
      };
      const fails: Check = (response) => {
        response.failure('no items');
        return refuse();
      };
      await expect(client.get('/', { check: refuse })).rejects.toBe(thrown);
      await expect(client.get('/', { check: async () => refuse() })).rejects.toBe(thrown);
      await expect(client.get('/bad', { check: refuse })).rejects.toBe(thrown);
      await expect(client.get('/', { check: fails })).rejects.toBe(thrown);
      expect(recording.total()).toMatchObject({ started: 4, ok: 2, httpError: 1, checkFailed: 1 });
      expect(Object.keys(recording.failures())).toEqual(['HTTP 500 Internal Server Error', 'no items']);
    },
  );

  it('sees all of the response', async () => {
    const seen: unknown[] = [];
    await judge((response) => {
      const { status, ok, error, durationMs, url } = response;
      seen.push(status, ok, error, durationMs > 0, new URL(url).pathname, response.headers.has('date'));
      seen.push(response.json(), response.text(), response.bytes().length);
    });
    expect(seen).toEqual([200, true, undefined, true, '/', true, { items: [] }, '{"items":[]}', 12]);
  });

  it('is not called where no response came, whose reason counts', async () => {
    const { url } = await startServer((_, response) => response.destroy());
    const { client, recording } = createClient(url);
    let called = false;
    const response = await client.get('/', { check: () => (called = true) });
    expect([response.status, called]).toEqual([0, false]);
    expect(recording.total()).toEqual({ started: 1, connectionError: 1 });
  });

  it('does not count into the measured time, and its request comes back after it', async () => {
    const { url } = await startServer();
    const { client } = createClient(url);
    const order: string[] = [];
    let before = 0;
    const response = await client.get('/', {
      check: async ({ durationMs }) => {
        before = durationMs;
        await new Promise((resolve) => setTimeout(resolve, 5));
        order.push('checked');
      },
    });
    order.push('came back');
    expect(order).toEqual(['checked', 'came back']);
    expect(response.durationMs).toBe(before);
  });

  it('may itself make requests', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    await client.get('/one', { check: async () => (await client.get('/two')).ok });
    expect(recording.total()).toMatchObject({ started: 2, ok: 2 });
  });

  it.each([0, 1, 2])('has its long reasons shortened, so that they can be sent (%i)', async (way) => {
    const long = 'x'.repeat(3_000);
    const ways: Check[] = [
      () => long,
      (response) => response.failure(long),
      () => Promise.reject(new Error(long)),
    ];
    const { reasons } = await judge(ways[way] as Check);
    expect(reasons.map((reason) => reason.length)).toEqual([1_000]);
  });

  it('has the same failures counted together', async () => {
    const { url } = await startServer();
    const { client, recording } = createClient(url);
    for (const reason of ['a', 'b', 'a', 'a']) await client.get('/', { check: () => reason });
    expect(recording.failures()).toEqual({ a: 3, b: 1 });
  });
});
