import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ArrivalQueue } from './arrival-queue.ts';

describe('ArrivalQueue', () => {
  it('behaves as a list, however long', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('push' as const), count: fc.nat(3_000) }),
      fc.record({ kind: fc.constant('shift' as const), count: fc.nat(3_000) }),
      fc.record({ kind: fc.constant('cut' as const), count: fc.nat(3_000) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const queue = new ArrivalQueue();
        const model: number[] = [];
        for (const { kind, count } of steps) {
          if (kind === 'cut') {
            expect(queue.cutTo(count)).toBe(model.splice(count).length);
            continue;
          }
          for (let i = 0; i < count; i++) {
            if (kind === 'shift') expect(queue.shift()).toBe(model.shift());
            else queue.push(i);
            if (kind === 'push') model.push(i);
          }
          expect(queue.length).toBe(model.length);
        }
      }),
      { numRuns: 30 },
    );
  });
});
