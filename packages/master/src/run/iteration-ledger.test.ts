import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IterationLedger } from './iteration-ledger.ts';

function create(iterations: number, workers: readonly number[]) {
  const grants: [number, number][] = [];
  const ledger = new IterationLedger(iterations, workers, (...grant) => grants.push(grant));
  return { ledger, grants };
}

describe('the ledger of iterations', () => {
  it('leases chunks that shrink, to the last iteration', () => {
    const { ledger, grants } = create(10, [1]);
    while (!ledger.exhausted) ledger.request(1);
    expect(grants.map(([, count]) => count)).toEqual([5, 3, 1, 1, 0]);
  });

  it('leases no more than 10,000 at once', () => {
    const { ledger, grants } = create(1_000_000, [1, 2]);
    ledger.request(2);
    expect(grants).toEqual([[2, 10_000]]);
  });

  it('says that nothing is left only when all that was leased has begun', () => {
    const { ledger, grants } = create(2, [1, 2]);
    ledger.request(1);
    ledger.request(2);
    ledger.request(1);
    expect(grants).toEqual([
      [1, 1],
      [2, 1],
    ]);
    ledger.request(2);
    expect(grants.slice(2)).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it('leases again what was given back, to those who wait', () => {
    const { ledger, grants } = create(2, [1, 2]);
    ledger.request(1);
    ledger.request(2);
    ledger.request(2);
    ledger.giveBack(1, 1);
    expect(grants.at(-1)).toEqual([2, 1]);
  });

  it('is finished when everybody has ended after the last iteration', () => {
    const { ledger } = create(1, [1, 2, 3]);
    ledger.request(1);
    ledger.request(1);
    expect(ledger.exhausted).toBe(true);
    ledger.end(1);
    ledger.end(2);
    expect(ledger.finished).toBe(false);
    ledger.lose(3);
    expect(ledger.finished).toBe(true);
  });

  it('refuses more than was leased', () => {
    const { ledger } = create(2, [1]);
    ledger.request(1);
    expect(() => ledger.giveBack(1, 2)).toThrow('gave back 2 of 1 iterations');
  });

  it('does not lease again what a lost worker had', () => {
    const { ledger, grants } = create(2, [1, 2]);
    ledger.request(1);
    ledger.request(2);
    ledger.request(2);
    expect(ledger.lose(1)).toBe(1);
    expect(grants.at(-1)).toEqual([2, 0]);
    expect(ledger.lose(2)).toBe(0);
  });

  it('leases exactly the budget, whoever asks, gives back or is lost, in whatever order', () => {
    const step = fc.record({ worker: fc.constantFrom(1, 2, 3), back: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.array(step, { maxLength: 60 }), (total, steps) => {
        const held = new Map([1, 2, 3].map((id) => [id, 0]));
        let begun = 0;
        const ledger = new IterationLedger(total, [1, 2, 3], (id, count) => held.set(id, count));
        const request = (worker: number): void => {
          begun += held.get(worker) ?? 0;
          held.set(worker, 0);
          ledger.request(worker);
        };
        for (const { worker, back } of steps) {
          const count = held.get(worker) ?? 0;
          if (!back) request(worker);
          else if (count > 0) {
            held.set(worker, 0);
            ledger.giveBack(worker, count);
          }
        }
        while (!ledger.exhausted) for (const worker of [1, 2, 3]) request(worker);
        expect(begun).toBe(total);
      }),
    );
  });
});
