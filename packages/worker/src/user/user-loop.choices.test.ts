import type { User } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { startUser } from './test-users.case.ts';

describe('the choices of a user', () => {
  const choicesOf = async (seed: number, ordinal: number): Promise<string> => {
    const choices: string[] = [];
    const names = ['a', 'b', 'c'];
    const { clock, loop, ended } = startUser(
      {
        tasks: Object.fromEntries(
          names.map((name) => [name, (user: User) => choices.push(name + user.random().toFixed(3))]),
        ),
        weights: { a: 1, b: 2, c: 3 },
        waitTime: ({ random }) => {
          const pause = 1 + random();
          choices.push(pause.toFixed(6));
          return pause;
        },
      },
      { seed },
      ordinal,
    );
    await clock.advance(60_000);
    loop.stop();
    await ended;
    return choices.slice(0, 60).join(' ');
  };

  it('are the same for the same seed and ordinal', async () => {
    expect(await choicesOf(42, 5)).toBe(await choicesOf(42, 5));
  });

  it('differ for another seed or ordinal', async () => {
    const all = await Promise.all([choicesOf(42, 5), choicesOf(43, 5), choicesOf(42, 6)]);
    expect(new Set(all).size).toBe(3);
  });

  it('follow the weights', async () => {
    const { clock, recording } = startUser({
      tasks: {
        a: () => {
          throw new Error('1');
        },
        b: () => {
          throw new Error('3');
        },
      },
      weights: { a: 1, b: 3 },
      waitTime: () => 1,
    });
    await clock.advance(400_000);
    const counts = recording.exceptions();
    expect(counts['TestUser.b: Error: 3']).toBeGreaterThan(2 * (counts['TestUser.a: Error: 1'] as number));
    expect(counts['TestUser.b: Error: 3']).toBeLessThan(4 * (counts['TestUser.a: Error: 1'] as number));
  });
});
