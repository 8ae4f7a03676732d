import { describe, expect, it } from 'vitest';
import { FeederLedger } from './feeder-ledger.ts';

function create(length: number, workerIds: readonly number[] = [1, 2], largest = 10_000): FeederLedger {
  return new FeederLedger({ length, workerIds, fit: (from, to) => Math.min(to, from + largest) });
}

describe('the ledger of a feeder', () => {
  it('leases 500 places at a time while there are many, also ahead of users', () => {
    const ledger = create(5_000);
    expect(ledger.request(1, 0, 1)).toEqual({ from: 0, to: 500 });
    expect(ledger.request(1, 500, 0)).toEqual({ from: 500, to: 1_000 });
    expect(ledger.request(2, 0, 900)).toEqual({ from: 1_000, to: 1_500 });
    expect(ledger.supply).toBe('plenty');
  });

  it('leases the last ones to users that wait only, as many as wait', () => {
    const ledger = create(100);
    expect(ledger.supply).toBe('scarce');
    expect(ledger.request(1, 0, 0)).toBeUndefined();
    expect(ledger.request(1, 0, 30)).toEqual({ from: 0, to: 30 });
    expect(ledger.request(2, 0, 30)).toEqual({ from: 30, to: 60 });
    expect(ledger.request(2, 0, 600)).toEqual({ from: 60, to: 100 });
    expect(ledger.supply).toBe('end');
  });

  it('becomes careful while every worker may still have two leases', () => {
    const ledger = create(2_600, [1, 2]);
    expect(ledger.supply).toBe('plenty');
    ledger.request(1, 0, 1);
    expect(ledger.supply).toBe('plenty');
    ledger.request(2, 0, 1);
    expect(ledger.supply).toBe('scarce');
    ledger.lose(2);
    expect(ledger.supply).toBe('plenty');
  });

  it('never ends where the feeder wraps', () => {
    const ledger = create(Number.POSITIVE_INFINITY);
    for (let i = 0; i < 10; i++) ledger.request(1, 0, 1);
    expect(ledger.request(2, 0, 0)).toEqual({ from: 5_000, to: 5_500 });
    expect(ledger.supply).toBe('plenty');
  });

  it('ends a lease where the message is full', () => {
    expect(create(5_000, [1], 7).request(1, 0, 1)).toEqual({ from: 0, to: 7 });
  });

  it('loses the leases of which a worker had rows left when it last asked, and none that were used', () => {
    const ledger = create(50_000);
    ledger.request(1, 0, 1);
    ledger.request(1, 500, 0);
    ledger.request(2, 0, 1);
    // The first lease is used up, then the second one has begun.
    ledger.request(1, 500, 0);
    expect(ledger.lose(1)).toEqual([
      { from: 500, to: 1_000 },
      { from: 1_500, to: 2_000 },
    ]);
    expect(ledger.lose(1)).toEqual([]);
    ledger.request(2, 0, 1);
    expect(ledger.lose(2)).toEqual([{ from: 2_000, to: 2_500 }]);
  });

  it('refuses a worker that holds more than it was given', () => {
    const ledger = create(50_000);
    ledger.request(1, 0, 1);
    expect(() => ledger.request(1, 501, 0)).toThrow('the worker holds 501 of 500 rows');
  });
});
