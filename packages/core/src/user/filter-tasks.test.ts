import { describe, expect, it } from 'vitest';
import { filterTasks } from './filter-tasks.ts';
import { tag } from './tag.ts';
import type { TaskDefinition, TaskSetConstructor } from './task-definition.ts';
import { TaskSet } from './task-set.ts';

const leaf = (name: string, ...tags: string[]): TaskDefinition => ({ name, weight: 1, tags });
const create = TaskSet as unknown as TaskSetConstructor;
const group = (name: string, ...tasks: TaskDefinition[]): TaskDefinition => ({
  name,
  weight: 2,
  taskSet: { name, path: name, order: 'weighted', tasks, create },
});
const TASKS = [
  leaf('plain'),
  leaf('read', 'read'),
  group('shop', leaf('look', 'read'), group('cart', leaf('buy', 'write', 'slow'))),
];
const namesOf = (tasks: readonly TaskDefinition[]): string[] =>
  tasks.flatMap(({ name, taskSet }) =>
    taskSet ? namesOf(taskSet.tasks).map((inner) => `${name}.${inner}`) : [name],
  );
const filter = (tags: string[], excludeTags: string[]): string[] =>
  namesOf(filterTasks(TASKS, { tags, excludeTags }));

describe('filterTasks', () => {
  it('takes everything where no tag is asked for', () => {
    expect(filter([], [])).toEqual(['plain', 'read', 'shop.look', 'shop.cart.buy']);
  });

  it('takes tasks with any of the tags, at every depth', () => {
    expect(filter(['read'], [])).toEqual(['read', 'shop.look']);
    expect(filter(['write', 'other'], [])).toEqual(['shop.cart.buy']);
  });

  it('leaves excluded tasks out, even where they are asked for', () => {
    expect(filter([], ['read'])).toEqual(['plain', 'shop.cart.buy']);
    expect(filter(['write'], ['slow'])).toEqual([]);
  });
});

describe('tag', () => {
  it.each<[unknown[]]>([[[]], [['two words']], [['a,b']], [['']], [[5]]])('refuses %j', (tags) => {
    expect(() => tag(...(tags as string[]))).toThrow('is no list of tags');
  });

  it('is for methods and classes, not for fields', () => {
    expect(() => tag('a')(undefined as unknown as object, { kind: 'field', name: 'x' })).toThrow(
      '@tag is on x',
    );
  });
});
