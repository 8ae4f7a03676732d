import type { TaskDefinition, UserClass } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { describeClasses, describeTaskRatio } from './describe-tasks.ts';
import { selectTasks, warnOfUnreachable } from './select-tasks.ts';

function createClass(name: string, weight: number, tasks: readonly TaskDefinition[]): UserClass {
  return { name, weight, fixedCount: 0, host: undefined, tasks, create: class {} as never };
}

const to = (target: string) => [{ target, weight: 1 }];
const SHOP = {
  name: 'Shop',
  weight: 1,
  taskSet: {
    name: 'Shop',
    path: 'Shop',
    order: 'markov' as const,
    create: class {} as never,
    tasks: [
      { name: 'enter', weight: 1, tags: ['shop'], transitions: to('pay') },
      { name: 'pay', weight: 1, tags: ['shop'] },
      { name: 'lost', weight: 1, tags: ['shop'], transitions: to('pay') },
    ],
  },
};
const CLASSES = [
  createClass('Buyer', 3, [{ name: 'look', weight: 3, tags: ['read'] }, SHOP]),
  createClass('Robot', 1, [{ name: 'work', weight: 1 }]),
];

describe('what --list and --show-task-ratio print', () => {
  it('lists the classes', () => {
    expect(describeClasses(CLASSES)).toBe('User classes:\n  Buyer\n  Robot');
  });

  it('shares users and tasks out by weight, task sets below theirs', () => {
    expect(describeTaskRatio(CLASSES, 8).split('\n')).toEqual([
      'Task ratio:',
      '   75.0 %  Buyer (6 of 8 users)',
      '     75.0 %  look',
      '     25.0 %  Shop',
      '               enter -> pay',
      '               pay',
      '               lost -> pay',
      '   25.0 %  Robot (2 of 8 users)',
      '    100.0 %  work',
    ]);
  });
});

describe('selectTasks', () => {
  it('leaves the tasks that the tags let in', () => {
    const [buyer] = selectTasks(CLASSES.slice(0, 1), { tags: ['shop'], excludeTags: [] });
    expect(buyer?.tasks.map(({ name }) => name)).toEqual(['Shop']);
  });

  it('refuses to leave a class without any, and says what there is', () => {
    const select = () => selectTasks(CLASSES, { tags: ['shop', 'x'], excludeTags: ['y'] });
    expect(select).toThrow('--tags shop x with --exclude-tags y leaves no task to Robot');
    expect(select).toThrow(
      expect.objectContaining({
        code: 'CONFIG_INVALID',
        hint: 'the tags of the script are read, shop; --class Buyer runs the others alone',
      }),
    );
    const alone = () => selectTasks(CLASSES.slice(1), { tags: ['x'], excludeTags: [] });
    expect(alone).toThrow(expect.objectContaining({ hint: 'no task of the script has a tag' }));
  });
});

describe('warnOfUnreachable', () => {
  it('names tasks that no transition leads to', () => {
    expect(warnOfUnreachable(CLASSES)).toEqual([
      'no transition leads to Shop.lost from the first task, enter: it never runs',
    ]);
  });
});
