import type { ArrivalPlan } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { ArrivalControl } from './arrival-control.ts';

const SECOND_US = 1_000_000;
const PLAN: ArrivalPlan = {
  stages: [{ seconds: Number.POSITIVE_INFINITY, startRate: 10, endRate: 10 }],
  poisson: false,
  maxUsers: 10,
  whenBusy: 'drop',
};

/** Arrivals on workers 1 to 4 that end after 100 s. */
function createControl(plan: Partial<ArrivalPlan> = {}) {
  const state = { elapsedUs: 0, announced: 0 };
  const control = new ArrivalControl({
    plan: { ...PLAN, ...plan },
    seed: 1,
    workerIds: [1, 2, 3, 4],
    endUs: 100 * SECOND_US,
    elapsedUs: () => state.elapsedUs,
    announce: () => {
      state.announced++;
    },
  });
  return { control, state };
}

const sharesOf = (control: ArrivalControl) =>
  [1, 2, 3, 4].map((id) => {
    const message = control.messageFor(id);
    return message && [message.from, message.worker, message.workers, message.maxUsers];
  });

describe('ArrivalControl', () => {
  it('shares arrivals and users out', () => {
    const { control, state } = createControl();
    control.steer();
    control.steer();
    expect(state.announced).toBe(1);
    expect(control.messageFor(1)).toEqual({
      type: 'arrivals',
      generation: 1,
      from: 0,
      worker: 0,
      workers: 4,
      stages: [{ seconds: null, startRate: 10, endRate: 10 }],
      poisson: false,
      maxUsers: 3,
      whenBusy: 'drop',
    });
    expect(sharesOf(control)).toEqual([
      [0, 0, 4, 3],
      [0, 1, 4, 3],
      [0, 2, 4, 2],
      [0, 3, 4, 2],
    ]);
  });

  it('gives no arrivals to workers that may have no user', () => {
    const { control } = createControl({ maxUsers: 2 });
    expect(sharesOf(control)).toEqual([[0, 0, 2, 1], [0, 1, 2, 1], undefined, undefined]);
  });

  it('has the others take over from an arrival at least a second later', () => {
    const { control, state } = createControl();
    control.steer();
    state.elapsedUs = 20.05 * SECOND_US;
    control.removeWorker(2);
    expect(state.announced).toBe(2);
    expect(sharesOf(control)).toEqual([[211, 0, 3, 4], undefined, [211, 1, 3, 3], [211, 2, 3, 3]]);
    expect(control.messageFor(1)?.generation).toBe(2);
  });

  it('shares out from the beginning where a worker is gone before it', () => {
    const { control, state } = createControl();
    control.removeWorker(1);
    expect(state.announced).toBe(0);
    expect(sharesOf(control)).toEqual([undefined, [0, 0, 3, 4], [0, 1, 3, 3], [0, 2, 3, 3]]);
    expect([1, 2, 3, 4].map((id) => control.countOwn(id, 0, 200 * SECOND_US))).toEqual([0, 334, 333, 333]);
  });

  it('knows how many arrivals are lost with a worker', () => {
    const { control, state } = createControl();
    control.steer();
    state.elapsedUs = 20.05 * SECOND_US;
    control.removeWorker(2);
    // It told of all before number 180: 181, 185 ... 209 were its own.
    expect(control.countOwn(2, 180, 100 * SECOND_US)).toBe(8);
    expect(control.countOwn(2, 210, 100 * SECOND_US)).toBe(0);
  });

  it('has every arrival with exactly one worker, through two losses', () => {
    const { control, state } = createControl();
    control.steer();
    for (const id of [3, 1]) {
      state.elapsedUs += 7.3 * SECOND_US;
      control.removeWorker(id);
    }
    const own = [1, 2, 3, 4].map((id) => control.countOwn(id, 0, 100 * SECOND_US));
    expect(own.reduce((total, count) => total + count, 0)).toBe(1_000);
  });

  it('gives who comes late a share from an arrival at least a second later', () => {
    const { control, state } = createControl();
    control.steer();
    state.elapsedUs = 20.05 * SECOND_US;
    control.addWorker(5);
    expect(state.announced).toBe(2);
    expect(control.messageFor(5)).toMatchObject({
      generation: 2,
      from: 211,
      worker: 4,
      workers: 5,
      maxUsers: 2,
    });
    expect(sharesOf(control).map((share) => share?.slice(0, 3))).toEqual([
      [211, 0, 5],
      [211, 1, 5],
      [211, 2, 5],
      [211, 3, 5],
    ]);
    expect(control.countOwn(5, 0, 25 * SECOND_US)).toBe(8);
  });

  it('has the same for who comes, and who goes, before it has begun', () => {
    const { control, state } = createControl();
    state.elapsedUs = -9 * SECOND_US;
    control.addWorker(5);
    control.removeWorker(2);
    expect([control.generation, state.announced]).toEqual([0, 0]);
    expect([...sharesOf(control), control.messageFor(5)?.worker].map(String)).toEqual(
      ['0,0,4,3', undefined, '0,1,4,3', '0,2,4,2', 3].map(String),
    );
    // A pause is told at once, and nothing starts before it ends.
    expect(control.pause()).toBe(0);
    control.addWorker(6);
    state.elapsedUs = 5 * SECOND_US;
    control.steer();
    control.resume();
    expect(control.messageFor(6)).toMatchObject({ from: 0, workers: 5, generation: 3 });
    const own = [1, 2, 3, 4, 5, 6].map((id) => control.countOwn(id, 0, 16 * SECOND_US));
    expect([control.countAsked(5 * SECOND_US), own.reduce((total, count) => total + count, 0)]).toEqual([
      0, 101,
    ]);
  });

  it('has every arrival with exactly one worker, whatever is changed in between', () => {
    const { control, state } = createControl();
    control.steer();
    const actions = [
      () => control.addWorker(5),
      () => control.changeRate({ rate: 31 }),
      () => control.removeWorker(2),
      () => control.pause(),
      () => control.changeRate({ maxUsers: 20 }),
      () => control.resume(),
      () => control.addWorker(6),
    ];
    for (const act of actions) {
      state.elapsedUs += 3.3 * SECOND_US;
      act();
    }
    const own = [1, 2, 3, 4, 5, 6].map((id) => control.countOwn(id, 0, 60 * SECOND_US));
    // 10/s until 7.6, 31/s until 14.2 and from 20.8 on.
    expect(control.countAsked(60 * SECOND_US)).toBe(Math.ceil(76 + 31 * (6.6 + 39.2)));
    expect(own.reduce((total, count) => total + count, 0)).toBe(control.countAsked(60 * SECOND_US));
  });

  it('asks for no arrival that is due at the end of the load', () => {
    const { control } = createControl();
    expect(control.countAsked(500 * SECOND_US)).toBe(1_000);
    expect(control.countAsked(5 * SECOND_US)).toBe(51);
  });
});
