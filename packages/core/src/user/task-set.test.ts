import { describe, expect, it } from 'vitest';
import { InterruptTaskSet } from './interrupt-task-set.ts';
import { tag } from './tag.ts';
import { readTags, readTransitions } from './task-marks.ts';
import { TaskSet } from './task-set.ts';
import { transition } from './transition.ts';
import { HttpUser } from './user.ts';
import { constant } from './wait-time.ts';

class Visitor extends HttpUser {
  override waitTime = constant(7);
}
class Browse extends TaskSet<Visitor> {
  look(): void {}
}

const client = { get: () => {} };
const user = new Visitor({
  ordinal: 3,
  data: undefined,
  args: {},
  host: undefined,
  random: () => 0,
  createHttpClient: () => client as never,
  measure: () => Promise.reject(new Error('not here')),
});
const wait = { random: () => 0, iterationSeconds: 0 };

describe('a task set', () => {
  it('has its user, its parent and the client of its user', () => {
    const outer = new Browse({ user, parent: user });
    const inner = new Browse({ user, parent: outer });
    expect([inner.user, inner.parent, inner.client]).toEqual([user, outer, client]);
  });

  it('waits as the parent does, through all levels', () => {
    const outer = new Browse({ user, parent: user });
    expect(new Browse({ user, parent: outer }).waitTime(wait)).toBe(7);
  });

  it('says by interrupt which task set to leave and whether to wait', () => {
    const taskSet = new Browse({ user, parent: user });
    const interruptWith = (options?: { reschedule?: boolean }): unknown => {
      try {
        return taskSet.interrupt(options);
      } catch (thrown) {
        return thrown;
      }
    };
    expect(interruptWith()).toBeInstanceOf(InterruptTaskSet);
    expect(interruptWith()).toMatchObject({ taskSet, reschedule: true });
    expect(interruptWith({ reschedule: false })).toMatchObject({ taskSet, reschedule: false });
  });
});

describe('transition and tag', () => {
  const descriptor = Object.getOwnPropertyDescriptor(Browse.prototype, 'look') as PropertyDescriptor;

  it('work as legacy decorators too', () => {
    transition('buy', 2)(Browse.prototype, 'look', descriptor);
    tag('read')(Browse.prototype, 'look', descriptor);
    tag('shop')(Browse);
    expect(readTransitions(Browse.prototype.look)).toEqual([{ target: 'buy', weight: 2 }]);
    expect([readTags(Browse.prototype.look), readTags(Browse)]).toEqual([['read'], ['shop']]);
  });

  it('refuse what is no method and what is no weight', () => {
    const onField = (): void => transition('buy')({}, { kind: 'field', name: 'look' });
    expect(onField).toThrow('@transition is on look, which is not a method');
    const weightless = (): void => transition('buy', 0)(Browse.prototype, 'look', descriptor);
    expect(weightless).toThrow("@transition('buy', 0) on look has no weight");
  });
});
