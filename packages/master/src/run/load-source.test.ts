import { LoadTestShape, type ShapeTick } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { createConstantLoad, createShapeLoad, type LoadSource } from './load-source.ts';

const context = { runTimeSeconds: () => 12.5, currentUserCount: () => 7 };

/** A shape that returns what scripts in JavaScript can return. */
function createLoad(tick: () => unknown): LoadSource {
  class Steps extends LoadTestShape {
    tick(): ShapeTick | null {
      return tick() as ShapeTick | null;
    }
  }
  return createShapeLoad(new Steps(), context, ['Buyer', 'Visitor']);
}

describe('a constant load', () => {
  it('is the same each second', () => {
    const load = createConstantLoad({ users: 5, spawnRate: 'all' });
    expect([load(), load()]).toEqual(Array(2).fill({ users: 5, spawnRate: 'all' }));
  });
});

describe('the load of a shape', () => {
  it('is what its tick returns', () => {
    let users = 0;
    const load = createLoad(() => ({ users: ++users, spawnRate: 2.5 }));
    expect(load()).toEqual({ users: 1, spawnRate: 2.5 });
    expect(load()).toEqual({ users: 2, spawnRate: 2.5 });
  });

  it('ends with null', () => {
    expect(createLoad(() => null)()).toBeUndefined();
  });

  it('has whole users', () => {
    expect(createLoad(() => ({ users: 2.5, spawnRate: 1 }))()?.users).toBe(3);
    expect(createLoad(() => ({ users: 0.4, spawnRate: 1 }))()?.users).toBe(0);
  });

  it('takes an infinite spawn rate as all at once, which a plan can say', () => {
    const load = createLoad(() => ({ users: 3, spawnRate: Number.POSITIVE_INFINITY }));
    expect(load()).toEqual({ users: 3, spawnRate: 'all' });
  });

  it('may be restricted to some of the user classes, by name or class', () => {
    class Visitor {}
    const restrict = (...userClasses: unknown[]) =>
      createLoad(() => ({ users: 3, spawnRate: 1, userClasses }));
    expect(restrict('Visitor')()).toEqual({ users: 3, spawnRate: 1, classes: [1] });
    expect(restrict(Visitor, 'Buyer')()?.classes).toEqual([1, 0]);
    expect(restrict('Visitors')).toThrow(
      "Steps.tick() returned the user class 'Visitors', which takes no part in the run: it has Buyer, Visitor",
    );
    expect(restrict(null)).toThrow('the user class undefined');
  });

  it('tells the shape how the run stands', () => {
    class Ramp extends LoadTestShape {
      tick(): ShapeTick {
        return { users: this.getCurrentUserCount() + 1, spawnRate: this.getRunTime() };
      }
    }
    expect(createShapeLoad(new Ramp(), context, [])()).toEqual({ users: 8, spawnRate: 12.5 });
  });

  it.each<[unknown, string]>([
    [undefined, 'undefined'],
    [5, '5'],
    ['5 users', "'5 users'"],
    [{}, '{}'],
    [{ users: 5 }, '{ users: 5 }'],
    [{ users: '5', spawnRate: 1 }, "{ users: '5', spawnRate: 1 }"],
    [{ users: -1, spawnRate: 1 }, '{ users: -1, spawnRate: 1 }'],
    [{ users: Number.NaN, spawnRate: 1 }, '{ users: NaN, spawnRate: 1 }'],
    [{ users: Number.POSITIVE_INFINITY, spawnRate: 1 }, '{ users: Infinity, spawnRate: 1 }'],
    [{ users: 10_000_001, spawnRate: 1 }, '{ users: 10000001, spawnRate: 1 }'],
    [{ users: 5, spawnRate: 0 }, '{ users: 5, spawnRate: 0 }'],
    [{ users: 5, spawnRate: 1, userClasses: 'A' }, "{ users: 5, spawnRate: 1, userClasses: 'A' }"],
    [{ users: 5, spawnRate: '2' }, "{ users: 5, spawnRate: '2' }"],
    [{ users: 5, spawnRate: Number.NaN }, '{ users: 5, spawnRate: NaN }'],
    [Promise.resolve(null), 'Promise { null }'],
  ])('cannot be %o: the shape and what it returned are named', (returned, text) => {
    const error = expect.objectContaining({
      code: 'SHAPE_FAILED',
      message: `Steps.tick() returned ${text}: it has to return { users, spawnRate } with 0 to 10000000 users and a spawn rate above 0, or null to end the run`,
    }) as unknown;
    expect(createLoad(() => returned)).toThrow(error);
  });

  it('fails with the stack of what its tick throws', () => {
    const cause = new TypeError('users of undefined');
    const load = createLoad(() => {
      throw cause;
    });
    const error = expect.objectContaining({
      code: 'SHAPE_FAILED',
      message: `Steps.tick() threw\n${cause.stack}`,
      cause,
    }) as unknown;
    expect(load).toThrow(error);
  });

  it('fails with the text of what is thrown and no error', () => {
    const load = createLoad(() => {
      throw 'enough';
    });
    expect(load).toThrow('Steps.tick() threw\nenough');
  });
});
