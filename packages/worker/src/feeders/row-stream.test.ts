import { type FeederDefinition, StopUser } from '@loadts/core';
import type { FeederSupply } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { RowStream } from './row-stream.ts';

function create(definition: Partial<FeederDefinition> = {}, columns: readonly string[] | null = null) {
  const requests: { held: number; wanted: number }[] = [];
  const stream = new RowStream({
    definition: {
      format: 'json',
      file: 'a.json',
      order: 'unique',
      onEnd: 'stop',
      problems: [],
      ...definition,
    },
    columns,
    request: (held, wanted) => requests.push({ held, wanted }),
  });
  const add = (rows: readonly unknown[], supply: FeederSupply): void =>
    stream.add({ type: 'feederRows', feeder: 0, rows: JSON.stringify(rows), supply });
  return { stream, requests, add };
}

describe('the rows of a feeder on a worker', () => {
  it('are asked for when the first user wants one, and then one lease ahead', async () => {
    const { stream, requests, add } = create();
    expect(requests).toEqual([]);
    const first = stream.next();
    expect(requests).toEqual([{ held: 0, wanted: 1 }]);
    add([1, 2, 3], 'plenty');
    expect(await first).toBe(1);
    expect(requests.slice(1)).toEqual([{ held: 2, wanted: 0 }]);
    add([4, 5], 'plenty');
    expect(await stream.next()).toBe(2);
    expect(requests).toHaveLength(2);
    expect(await stream.next()).toBe(3);
    expect(requests.slice(2)).toEqual([{ held: 2, wanted: 0 }]);
    expect([await stream.next(), await stream.next()]).toEqual([4, 5]);
    expect(requests).toHaveLength(3);
  });

  it('go to those who asked first, and more are asked for while users wait', async () => {
    const { stream, requests, add } = create();
    const users = [stream.next(), stream.next(), stream.next()];
    expect(requests).toEqual([{ held: 0, wanted: 1 }]);
    add(['a'], 'scarce');
    expect(await users[0]).toBe('a');
    expect(requests.slice(1)).toEqual([{ held: 0, wanted: 2 }]);
    add(['b', 'c'], 'scarce');
    expect(await Promise.all(users)).toEqual(['a', 'b', 'c']);
    expect(requests).toHaveLength(2);
  });

  it('are not fetched ahead once they are scarce', () => {
    const { stream, requests, add } = create();
    void stream.next();
    add([1, 2], 'scarce');
    expect(requests).toHaveLength(1);
  });

  it('are objects with the names of the columns, one for each user', async () => {
    const { stream, add } = create({ format: 'csv' }, ['name', '__proto__']);
    const row = stream.next();
    add([['Ada', 'x']], 'scarce');
    expect(Object.entries((await row) as object)).toEqual([
      ['name', 'Ada'],
      ['__proto__', 'x'],
    ]);
  });

  it('end users that ask in vain, after all rows are used', async () => {
    const { stream, requests, add } = create({ onEnd: 'stop' });
    const users = [stream.next(), stream.next()];
    expect(stream.endsUsers).toBe(false);
    const ended = Promise.allSettled(users);
    add([1], 'end');
    expect(await ended).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: expect.any(StopUser) },
    ]);
    await expect(stream.next()).rejects.toMatchObject({ message: 'no row of a.json is left' });
    expect(stream.endsUsers).toBe(true);
    expect(requests).toHaveLength(1);
  });

  it('may end while some are left', async () => {
    const { stream, add } = create();
    const first = stream.next();
    add([1, 2], 'plenty');
    add([], 'end');
    expect([await first, await stream.next()]).toEqual([1, 2]);
    await expect(stream.next()).rejects.toBeInstanceOf(StopUser);
  });

  it('fail where that is asked for', async () => {
    const { stream, add } = create({ onEnd: 'fail' });
    const user = stream.next();
    add([], 'end');
    await expect(user).rejects.toMatchObject({
      code: 'FEEDER_EXHAUSTED',
      message: 'no row of a.json is left',
    });
    expect(stream.endsUsers).toBe(false);
  });

  it('let waiting users end when the run is cut off', async () => {
    const { stream, requests } = create({ onEnd: 'fail' });
    const user = stream.next();
    stream.close();
    await expect(user).rejects.toBeInstanceOf(StopUser);
    await expect(stream.next()).rejects.toBeInstanceOf(StopUser);
    expect(requests).toHaveLength(1);
  });

  it.each(['no JSON', '{}', '[["a"]]', '["ab"]'])('break the protocol as %s', (rows) => {
    const { stream } = create({}, ['a', 'b']);
    expect(() => stream.add({ type: 'feederRows', feeder: 0, rows, supply: 'plenty' })).toThrow(
      expect.objectContaining({ code: 'MESSAGE_INVALID' }),
    );
  });
});
