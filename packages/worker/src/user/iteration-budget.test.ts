import { describe, expect, it } from 'vitest';
import { IterationBudget } from './iteration-budget.ts';

function create() {
  const state = { requests: 0 };
  const budget = new IterationBudget(() => state.requests++);
  return { budget, state };
}

describe('the budget of iterations', () => {
  it('asks once when somebody wants one, and not before', () => {
    const { budget, state } = create();
    expect(state.requests).toBe(0);
    expect([budget.take(), budget.take()]).toEqual([false, false]);
    expect(state.requests).toBe(1);
  });

  it('gives out exactly what was granted, and asks again with the last one', () => {
    const { budget, state } = create();
    budget.take();
    budget.grant(2);
    expect(budget.take()).toBe(true);
    expect(state.requests).toBe(1);
    expect(budget.take()).toBe(true);
    expect(state.requests).toBe(2);
    expect(budget.take()).toBe(false);
    expect(state.requests).toBe(2);
  });

  it('wakes those who wait, once', () => {
    const { budget } = create();
    let woken = 0;
    budget.whenChanged(() => woken++);
    budget.grant(1);
    budget.grant(1);
    expect(woken).toBe(1);
  });

  it('is spent with a grant of nothing, and then asks no more', () => {
    const { budget, state } = create();
    budget.take();
    expect(budget.spent).toBe(false);
    budget.grant(0);
    expect([budget.spent, budget.take(), state.requests]).toEqual([true, false, 1]);
  });

  it('gives back what nobody took, once', () => {
    const { budget } = create();
    budget.grant(5);
    budget.take();
    expect([budget.release(), budget.release()]).toEqual([4, 0]);
    expect(budget.take()).toBe(false);
  });
});
