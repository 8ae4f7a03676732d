import { describe, expect, it } from 'vitest';
import { task } from './task.ts';
import { HttpUser, User } from './user.ts';
import { readUserClasses } from './user-class.ts';

class Buyer extends HttpUser {
  buy(): void {}
}
class Admin extends HttpUser {
  static override readonly weight: number = 2.5;
  static override readonly fixedCount: number = 1;
  static override readonly host: string = 'http://127.0.0.1:1';
  check(): void {}
}
task(Buyer.prototype.buy, { kind: 'method', name: 'buy' });
task(Admin.prototype.check, { kind: 'method', name: 'check' });

const read = (...classes: readonly unknown[]) => readUserClasses(Object.fromEntries(classes.entries()));

describe('readUserClasses', () => {
  it('describes the classes among the exports, by name', () => {
    expect(
      readUserClasses({ Buyer, Admin, number: 1, plain: class {}, call: () => {}, nothing: null }),
    ).toEqual([
      {
        name: 'Admin',
        weight: 2.5,
        fixedCount: 1,
        host: 'http://127.0.0.1:1',
        tasks: [{ name: 'check', weight: 1 }],
        create: Admin,
      },
      {
        name: 'Buyer',
        weight: 1,
        fixedCount: 0,
        host: undefined,
        tasks: [{ name: 'buy', weight: 1 }],
        create: Buyer,
      },
    ]);
  });

  it('takes a class that is exported twice once', () => {
    expect(readUserClasses({ Buyer, default: Buyer })).toHaveLength(1);
  });

  it('leaves out abstract classes, and takes those that extend them', () => {
    class Base extends Buyer {
      static override readonly abstract: boolean = true;
    }
    class Child extends Base {}
    expect(read(Base, Child, User, HttpUser).map(({ name }) => name)).toEqual(['Child']);
  });

  it('takes an abstract class that says it is none', () => {
    class Child extends Buyer {
      static override readonly abstract: boolean = false;
    }
    expect(read(Child)).toHaveLength(1);
  });

  it('leaves out classes without weight or fixed count', () => {
    class Retired extends Buyer {
      static override readonly weight: number = 0;
    }
    class Monitor extends Buyer {
      static override readonly weight: number = 0;
      static override readonly fixedCount: number = 2;
    }
    expect(read(Buyer, Retired, Monitor).map(({ name }) => name)).toEqual(['Buyer', 'Monitor']);
  });

  it('asks for a class where there is none', () => {
    expect(() => read()).toThrow(expect.objectContaining({ code: 'SCRIPT_NO_USERS' }));
    class Retired extends Buyer {
      static override readonly weight: number = 0;
    }
    expect(() => read(Retired)).toThrow('exports no user class with a weight above 0');
  });

  it('asks for a task where a class has none', () => {
    class Idle extends HttpUser {}
    expect(() => read(Idle)).toThrow(
      expect.objectContaining({ code: 'SCRIPT_NO_TASKS', message: 'Idle has no task' }),
    );
  });

  it.each([
    ['weight', -1, 'Bad.weight is -1'],
    ['weight', Number.NaN, 'Bad.weight is NaN'],
    ['weight', '2', 'Bad.weight is 2'],
    ['fixedCount', 1.5, 'Bad.fixedCount is 1.5'],
    ['fixedCount', -1, 'Bad.fixedCount is -1'],
  ])('refuses %s = %j', (name, value, message) => {
    class Bad extends Buyer {}
    Object.defineProperty(Bad, name, { value });
    expect(() => read(Bad)).toThrow(expect.objectContaining({ code: 'SCRIPT_LOAD_FAILED', message }));
  });

  it('refuses two classes with one name', () => {
    const other = { Buyer: class Buyer extends HttpUser {} };
    task(Object.assign(other.Buyer.prototype, { buy(): void {} }).buy, { kind: 'method', name: 'buy' });
    expect(() => read(Buyer, other.Buyer)).toThrow('the script exports different classes named Buyer');
  });

  it('reports everything that is wrong at once', () => {
    class Idle extends HttpUser {
      static override readonly weight: number = -1;
    }
    class Lazy extends HttpUser {}
    expect(() => read(Idle, Lazy)).toThrow(
      expect.objectContaining({
        code: 'SCRIPT_NO_TASKS',
        message: expect.stringMatching(
          /^3 problems with the script's classes:\n {2}Idle has no task; .+\n {2}Idle\.weight is -1; .+\n {2}Lazy has no task; /,
        ) as string,
      }),
    );
  });
});
