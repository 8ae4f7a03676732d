import { describe, expect, it } from 'vitest';
import { LoadtsError } from '../errors.ts';
import { readTasks } from './read-tasks.ts';
import { task } from './task.ts';
import { User } from './user.ts';

type Method = (this: never) => unknown;

/** As the compiler does for `@task` and `@task(weight)`. */
function mark(userClass: { readonly prototype: object }, name: string, weight?: number): void {
  const method = Object.getOwnPropertyDescriptor(userClass.prototype, name)?.value as Method;
  const context = { kind: 'method', name };
  if (weight === undefined) task(method, context);
  else task(weight)(method, context);
}

/** As the compiler does under `experimentalDecorators`. */
function markLegacy(userClass: { readonly prototype: object }, name: string, weight?: number): void {
  const descriptor = Object.getOwnPropertyDescriptor(userClass.prototype, name) as PropertyDescriptor;
  if (weight === undefined) task(userClass.prototype, name, descriptor);
  else task(weight)(userClass.prototype, name, descriptor);
}

describe.each([
  ['standard', mark],
  ['legacy', markLegacy],
])('task, as a %s decorator', (_, decorate) => {
  it('marks a method with weight 1, or with the one given', () => {
    class Shopper extends User {
      browse(): void {}
      buy(): void {}
      helper(): void {}
    }
    decorate(Shopper, 'browse', 3);
    decorate(Shopper, 'buy');
    expect(readTasks(Shopper)).toEqual([
      { name: 'browse', weight: 3 },
      { name: 'buy', weight: 1 },
    ]);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a weight', (weight) => {
    class Shopper extends User {
      browse(): void {}
    }
    expect(() => decorate(Shopper, 'browse', weight)).toThrow(`@task(${weight}) on browse is not a weight`);
  });
});

describe('task', () => {
  it('asks for a weight where it is called without one', () => {
    const called = task as unknown as (value: unknown) => unknown;
    expect(() => called(undefined)).toThrow('@task() needs a weight');
  });

  it.each([
    ['a class', () => task(class {} as unknown as Method, { kind: 'class', name: 'Shopper' })],
    ['a field', () => task(undefined as unknown as Method, { kind: 'field', name: 'browse' })],
    ['a getter', () => task(() => {}, { kind: 'getter', name: 'browse' })],
    ['a static method', () => task(() => {}, { kind: 'method', name: 'browse', static: true })],
    ['a private method', () => task(() => {}, { kind: 'method', name: '#browse', private: true })],
    ['a method with a symbol for a name', () => task(() => {}, { kind: 'method', name: Symbol('browse') })],
    ['a legacy field', () => task({}, 'browse')],
    ['a legacy getter', () => task({}, 'browse', { get: () => 1 })],
    ['a legacy static method', () => task(class {}, 'browse', { value: () => {} })],
    ['a legacy symbol', () => task({}, Symbol('browse'), { value: () => {} })],
  ])('refuses %s', (_, decorate) => {
    expect(decorate).toThrow(LoadtsError);
    expect(decorate).toThrow(/^@task is on .+, which is not a method$/);
  });
});

describe('readTasks', () => {
  class Base extends User {
    first(): void {}
    second(): void {}
  }
  mark(Base, 'first');
  mark(Base, 'second', 2);

  it('takes the tasks of base classes first', () => {
    class Child extends Base {
      third(): void {}
    }
    mark(Child, 'third', 5);
    expect(readTasks(Child).map(({ name }) => name)).toEqual(['first', 'second', 'third']);
    expect(readTasks(Base).map(({ name }) => name)).toEqual(['first', 'second']);
  });

  it('keeps an override as the task that it overrides', () => {
    class Child extends Base {
      override second(): void {}
    }
    expect(readTasks(Child)).toEqual(readTasks(Base));
  });

  it('takes a new weight from an override that is marked again', () => {
    class Child extends Base {
      override first(): void {}
    }
    mark(Child, 'first', 7);
    expect(readTasks(Child)[0]).toEqual({ name: 'first', weight: 7 });
    expect(readTasks(Base)[0]).toEqual({ name: 'first', weight: 1 });
  });

  it('finds none in a class without tasks, and looks at no accessor', () => {
    class Careful extends User {
      get browse(): never {
        throw new Error('must not be called');
      }
    }
    expect(readTasks(Careful)).toEqual([]);
  });

  it('finds tasks that another copy of this module has marked', () => {
    class Shopper extends User {
      browse(): void {}
    }
    Object.assign(Shopper.prototype.browse, { [Symbol.for('loadts.task')]: { weight: 2 } });
    expect(readTasks(Shopper)).toEqual([{ name: 'browse', weight: 2 }]);
  });
});
