import { describe, expect, it } from 'vitest';
import { settle } from '../fake-clock.case.ts';
import { startRun } from './run-harness.case.ts';

describe('a run that a user stops', () => {
  it('ends on all workers, and the report says who stopped it first and why', async () => {
    const { workers, report } = await startRun();
    workers[0]?.measure(0, '/', [1_000]);
    workers[1]?.send({ type: 'stopRun', reason: 'Visitor 3 in buy: sold out' });
    workers[0]?.send({ type: 'stopRun', reason: 'Visitor 4 in buy: sold out' });
    await settle();
    expect(workers.map((worker) => worker.messages('stop').length)).toEqual([1, 1]);
    const { stopReason, verdict, coverage } = await report;
    expect(stopReason).toBe('the script stopped the run: Visitor 3 in buy: sold out');
    expect([verdict.kind, coverage.complete]).toEqual(['pass', 2]);
  });

  it('has no such reason where it was stopping anyway', async () => {
    const { workers, report, controller } = await startRun({ workers: [{ delivers: false }] });
    controller.stop();
    await settle();
    workers[0]?.send({ type: 'stopRun', reason: 'Visitor 3 in buy: sold out' });
    workers[0]?.deliver();
    expect((await report).stopReason).toBeUndefined();
  });
});
