import { describe, expect, it } from 'vitest';
import { createRandom } from '../random.ts';
import { findUnreachable } from './markov-problems.ts';
import { createTaskOrder } from './task-order.ts';

const random = createRandom(1, 'order');
const take = (next: () => number, count: number): number[] => Array.from({ length: count }, next);

describe('createTaskOrder', () => {
  it('repeats each step of a sequence as often as its weight, and begins again', () => {
    const tasks = [
      { name: 'a', weight: 1 },
      { name: 'b', weight: 3 },
      { name: 'c', weight: 1 },
    ];
    expect(take(createTaskOrder('sequential', tasks, random), 12)).toEqual([
      0, 1, 1, 1, 2, 0, 1, 1, 1, 2, 0, 1,
    ]);
    expect(take(createTaskOrder('sequential', tasks.slice(1, 2), random), 5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('draws tasks by weight', () => {
    const tasks = [
      { name: 'a', weight: 1 },
      { name: 'b', weight: 3 },
    ];
    const drawn = take(createTaskOrder('weighted', tasks, random), 4_000).filter((index) => index === 1);
    expect(drawn.length / 4_000).toBeCloseTo(0.75, 1);
  });

  it('follows transitions from the first task on, until one has none', () => {
    const tasks = [
      { name: 'a', weight: 1, transitions: [{ target: 'c', weight: 1 }] },
      { name: 'b', weight: 1 },
      { name: 'c', weight: 1, transitions: [{ target: 'b', weight: 2 }] },
    ];
    expect(take(createTaskOrder('markov', tasks, random), 4)).toEqual([0, 2, 1, -1]);
  });

  it('draws transitions by weight', () => {
    const transitions = [
      { target: 'a', weight: 3 },
      { target: 'b', weight: 1 },
    ];
    const tasks = ['a', 'b'].map((name) => ({ name, weight: 1, transitions }));
    const drawn = take(createTaskOrder('markov', tasks, random), 4_000).filter((index) => index === 0);
    expect(drawn.length / 4_000).toBeCloseTo(0.75, 1);
  });
});

describe('findUnreachable', () => {
  it('names the tasks that no way from the first one leads to', () => {
    const to = (target: string) => [{ target, weight: 1 }];
    const tasks = [
      { name: 'a', weight: 1, transitions: to('b') },
      { name: 'b', weight: 1, transitions: to('a') },
      { name: 'c', weight: 1, transitions: to('a') },
      { name: 'd', weight: 1 },
    ];
    expect(findUnreachable(tasks)).toEqual(['c', 'd']);
  });
});
