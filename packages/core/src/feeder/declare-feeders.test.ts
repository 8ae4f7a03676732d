import { describe, expect, it } from 'vitest';
import { collectFeeders, csv, json, jsonl } from './declare-feeders.ts';
import type { FeederOptions } from './feeder.ts';

const define = async (...args: Parameters<typeof csv>) => {
  const { feeders } = await collectFeeders(() => Promise.resolve(csv(...args)));
  return feeders[0]?.definition;
};

describe('declaring a feeder', () => {
  it('is seen by whoever loads the script, in the order of the declarations', async () => {
    const { exports, feeders } = await collectFeeders(async () => {
      csv('users.csv');
      await Promise.resolve();
      json('shops.json');
      jsonl('orders.jsonl');
      csv('users.csv');
      return 'exported';
    });
    expect(exports).toBe('exported');
    expect(feeders.map(({ definition: { format, file } }) => `${format} ${file}`)).toEqual([
      'csv users.csv',
      'json shops.json',
      'jsonl orders.jsonl',
      'csv users.csv',
    ]);
  });

  it('starts anew with each script, also after one that threw', async () => {
    const broken = async () => {
      csv('old.csv');
      throw new Error('broken');
    };
    await expect(collectFeeders(broken)).rejects.toThrow('broken');
    expect((await define('new.csv'))?.file).toBe('new.csv');
  });

  it('is refused once the script is loaded', async () => {
    await define('users.csv');
    expect(() => jsonl('late.jsonl')).toThrow(
      expect.objectContaining({
        code: 'FEEDER_MISUSED',
        message: "jsonl('late.jsonl') was called after the script was loaded",
        hint: "put it at the top level of the script: const rows = jsonl('late.jsonl')",
      }),
    );
  });

  it('is sequential and wraps unless told otherwise, and unique rows stop', async () => {
    expect(await define('a.csv')).toMatchObject({ order: 'sequential', onEnd: 'wrap', problems: [] });
    expect(await define('a.csv', { order: 'unique' })).toMatchObject({ onEnd: 'stop', problems: [] });
    expect(await define('a.csv', { order: 'unique', onEnd: 'fail' })).toMatchObject({ onEnd: 'fail' });
    expect(await define('a.csv', { order: 'random' })).toMatchObject({ order: 'random', problems: [] });
  });

  it.each([
    [{ order: 'unique', onEnd: 'wrap' }, /unique rows cannot wrap/],
    [{ order: 'random', onEnd: 'stop' }, /random rows have no end/],
    [{ order: 'sorted' }, /order is "sorted": it can be sequential, shuffled, random, unique/],
    [{ onEnd: 3 }, /onEnd is 3: it can be wrap, stop, fail/],
    [{ loop: true }, /there is no option loop/],
    [null, /the options are null/],
  ])('notes what is wrong with it for later: %j', async (options, problem) => {
    const definition = await define('a.csv', options as FeederOptions);
    expect(definition?.problems).toEqual([expect.stringMatching(problem)]);
  });

  it('notes a file that is not named, and everything else with it', async () => {
    const definition = await define(undefined as unknown as string, { order: 'x', y: 1 } as never);
    expect(definition?.problems).toHaveLength(3);
  });
});

describe('a declared feeder', () => {
  it('has no rows where nobody gives it any', async () => {
    const { exports } = await collectFeeders(() => Promise.resolve(csv('users.csv')));
    await expect(exports.next()).rejects.toMatchObject({
      code: 'FEEDER_MISUSED',
      message: 'next() of users.csv was called where there are no rows',
    });
  });

  it('gives what it is bound to', async () => {
    const { exports, feeders } = await collectFeeders(() =>
      Promise.resolve(csv<{ name: string }>('users.csv')),
    );
    feeders[0]?.bind(() => Promise.resolve({ name: 'Ada' }));
    expect((await exports.next()).name).toBe('Ada');
  });
});
