import type { User, WaitContext } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { startUser } from './test-users.case.ts';

describe('the choices of a user', () => {
  interface Choices {
    readonly tasks: string[];
    readonly pauses: number[];
    readonly own: number[];
  }

  const choicesOf = async (seed: number, ordinal: number): Promise<Choices> => {
    const choices: Choices = { tasks: [], pauses: [], own: [] };
    const work = (name: string) => (user: User) => {
      choices.tasks.push(name);
      choices.own.push(user.random());
    };
    const waitTime = ({ random }: WaitContext): number => {
      choices.pauses.push(random());
      return 1;
    };
    const tasks = { a: work('a'), b: work('b'), c: work('c') };
    const { clock } = startUser({ tasks, weights: { a: 1, b: 2, c: 3 }, waitTime }, { seed }, ordinal);
    await clock.advance(40_500);
    expect(choices.tasks).toHaveLength(41);
    return choices;
  };

  it('are the same for the same seed and ordinal', async () => {
    expect(await choicesOf(42, 5)).toEqual(await choicesOf(42, 5));
  });

  it.each(['tasks', 'pauses', 'own'] as const)('differ for another seed or ordinal: %s', async (what) => {
    const all = await Promise.all([choicesOf(42, 5), choicesOf(43, 5), choicesOf(42, 6)]);
    expect(new Set(all.map((choices) => choices[what].join(' '))).size).toBe(3);
  });

  it('come from streams of their own, so that one kind does not change another', async () => {
    const { own, pauses, tasks } = await choicesOf(42, 5);
    expect(own.filter((value) => pauses.includes(value))).toEqual([]);
    const asPauses = pauses.map((value) => (value < 1 / 6 ? 'a' : value < 1 / 2 ? 'b' : 'c'));
    expect(asPauses).not.toEqual(tasks.slice(0, asPauses.length));
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
