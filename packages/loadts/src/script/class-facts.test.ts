import { readUserClasses, SequentialTaskSet, type TaskList, User } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { classFacts } from './class-facts.ts';

const idle = (): void => {};

class Steps extends SequentialTaskSet {
  static override tasks = [function one() {}, function two() {}];
}

class Visitor extends User {
  static override weight = 3;
  static override tasks: TaskList = [
    [idle, 1],
    [Steps, 3],
  ];
}

class Admin extends User {
  static override fixedCount = 2;
  static override tasks = [idle];
}

describe('the facts of user classes', () => {
  it('tell the share that each task has, those of a task set under its name', () => {
    expect(classFacts(readUserClasses({ Visitor, Admin }))).toEqual([
      { name: 'Admin', weight: 1, fixedCount: 2, tasks: [{ name: 'idle', share: 1 }] },
      {
        name: 'Visitor',
        weight: 3,
        fixedCount: undefined,
        tasks: [
          { name: 'idle', share: 0.25 },
          { name: 'Steps.one', share: 0.375 },
          { name: 'Steps.two', share: 0.375 },
        ],
      },
    ]);
  });
});
