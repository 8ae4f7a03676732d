import { describe, expect, it } from 'vitest';
import { mark } from './mark-tasks.case.ts';
import { readTasks, startReading, type TaskOwner } from './read-tasks.ts';
import { tag } from './tag.ts';
import type { TaskItem, TaskList } from './task-list.ts';
import { MarkovTaskSet, SequentialTaskSet, TaskSet } from './task-set.ts';
import { User } from './user.ts';

class Items extends TaskSet {
  open(): void {}
}
mark(Items, 'open');

class Browse extends TaskSet {
  static override readonly tasks = [Items];
  look(): void {}
}
mark(Browse, 'look', { weight: 3 });

class Empty extends TaskSet {}

/** A user class with this as its `tasks`. */
function listing(tasks: unknown): TaskOwner {
  class Visitor extends User {
    search(): void {}
    help(): void {}
  }
  mark(Visitor, 'search', { weight: 2 });
  Object.defineProperty(Visitor, 'tasks', { value: tasks, configurable: true });
  return Visitor;
}

function problemsOf(owner: TaskOwner): string[] {
  const reading = startReading([]);
  readTasks(owner, reading);
  return reading.problems.map(({ message }) => message);
}

describe('readTasks', () => {
  it('takes @task methods first, then task sets with all that is in them', () => {
    expect(readTasks(listing([[Browse, 2]]))).toEqual([
      { name: 'search', weight: 2 },
      {
        name: 'Browse',
        weight: 2,
        taskSet: {
          name: 'Browse',
          path: '/0.Browse',
          order: 'weighted',
          create: Browse,
          tasks: [
            { name: 'look', weight: 3 },
            {
              name: 'Items',
              weight: 1,
              taskSet: {
                name: 'Items',
                path: '/0.Browse/0.Items',
                order: 'weighted',
                create: Items,
                tasks: [{ name: 'open', weight: 1 }],
              },
            },
          ],
        },
      },
    ]);
  });

  it('takes a Map from each task to its weight', () => {
    const tasks = readTasks(listing(new Map([[Items, 5]])));
    expect(tasks.map(({ name, weight }) => [name, weight])).toEqual([
      ['search', 2],
      ['Items', 5],
    ]);
  });

  it('takes functions, and lets a listed method stand where the list says', () => {
    const owner = listing([]);
    const { search, help } = owner.prototype as Record<string, () => void>;
    const visit = (): void => {};
    Object.defineProperty(owner, 'tasks', { value: [[help, 4], search, visit] });
    expect(readTasks(owner)).toEqual([
      { name: 'help', weight: 4 },
      { name: 'search', weight: 2 },
      { name: 'visit', weight: 1, run: visit },
    ]);
  });

  it('adds the lists of base classes, those first', () => {
    class Base extends User {
      static override readonly tasks: TaskList = [Items];
    }
    class Derived extends Base {
      static override readonly tasks = [Browse];
    }
    expect(readTasks(Derived).map(({ name }) => name)).toEqual(['Items', 'Browse']);
  });

  it('gives a task its own tags and those of all task sets around it', () => {
    class Inner extends TaskSet {
      pay(): void {}
    }
    mark(Inner, 'pay', { tags: ['slow'] });
    class Outer extends TaskSet {
      static override readonly tasks = [Inner];
    }
    tag('shop', 'write')(Outer);
    const [outer] = readTasks(listing([Outer])).slice(1);
    expect(outer?.taskSet?.tasks[0]?.taskSet?.tasks[0]?.tags).toEqual(['shop', 'write', 'slow']);
  });

  it.each<[unknown, string]>([
    ['Browse', 'Visitor.tasks is neither a list nor a Map'],
    [[undefined], 'Visitor.tasks holds undefined, which is no task'],
    [[class Plain {}], 'Visitor.tasks holds the class Plain, which is no task'],
    [[[Items, -1]], 'Visitor.tasks gives Items the weight -1, not a number above 0'],
    [[[Items, 'x']], 'Visitor.tasks gives Items the weight "x", not a number above 0'],
    [[Empty], 'Empty has no task'],
  ])('refuses %j', (tasks, problem) => {
    expect(problemsOf(listing(tasks))).toEqual([problem]);
  });

  it('refuses a task set that contains itself, and a step that is repeated half a time', () => {
    class Steps extends SequentialTaskSet {
      static override readonly tasks: (TaskItem | (TaskItem | number)[])[] = [];
      step(): void {}
    }
    mark(Steps, 'step');
    Steps.tasks.push(Steps, [Items, 1.5]);
    expect(problemsOf(listing([Steps]))).toEqual([
      'the task set Steps contains itself',
      'Steps.tasks repeats Items 1.5 times, not a whole number of times',
    ]);
  });
});

describe('readTasks of a MarkovTaskSet', () => {
  it('makes every method with a transition a task', () => {
    class Wander extends MarkovTaskSet {
      home(): void {}
      leave(): void {}
    }
    mark(Wander, 'home', { transitions: { home: 2, leave: 1 } });
    mark(Wander, 'leave');
    expect(readTasks(listing([Wander]))[1]?.taskSet).toMatchObject({
      order: 'markov',
      tasks: [
        {
          name: 'home',
          transitions: [
            { target: 'home', weight: 2 },
            { target: 'leave', weight: 1 },
          ],
        },
        { name: 'leave', weight: 1 },
      ],
    });
  });

  it('refuses a chain that leads nowhere or could break', () => {
    class Wander extends MarkovTaskSet {
      static override readonly tasks = [Items];
      home(): void {}
    }
    mark(Wander, 'home', { transitions: { hom: 1 }, tags: ['slow'] });
    expect(problemsOf(listing([Wander]))).toEqual([
      'Wander.home leads to hom, which is no task of Wander',
      'Wander lists Items, but a chain has methods only',
      'Wander.home has a tag of its own, but without it the chain would break: tag Wander',
    ]);
  });
});
