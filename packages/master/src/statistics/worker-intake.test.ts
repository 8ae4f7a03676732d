import type { InternedEntry, SnapshotMessage } from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { EntryTable } from './entry-table.ts';
import { createFinal, createHistogram, createSnapshot } from './sample-snapshot.case.ts';
import { WorkerIntake } from './worker-intake.ts';

const HOME: InternedEntry = { id: 0, scenario: 0, method: 'GET', name: '/' };
const CART: InternedEntry = { id: 1, scenario: 0, method: 'POST', name: '/cart' };

const first = createSnapshot(1, [{ entryId: 0, timesUs: [100, 200] }], { newEntries: [HOME] });
const second = createSnapshot(2, [{ entryId: 0, timesUs: [300] }]);

function take(...snapshots: readonly SnapshotMessage[]): WorkerIntake {
  const intake = new WorkerIntake(new EntryTable(1_000), [undefined]);
  for (const snapshot of snapshots) intake.take(snapshot);
  return intake;
}

describe('a snapshot', () => {
  it('becomes a delta of its second, with names in place of numbers', () => {
    const snapshot = createSnapshot(
      1,
      [
        { entryId: 1, timesUs: [50], counts: { started: 2, retried: 1 } },
        { entryId: 0, timesUs: [100, 200] },
      ],
      {
        firstInterval: 7,
        newEntries: [HOME, CART],
        failures: [{ entryId: 1, reason: 'HTTP 500', count: 3 }],
        exceptions: [{ userClass: 'Visitor', task: 'buy', message: 'no', stack: 'at buy', count: 2 }],
      },
    );
    const delta = new WorkerIntake(new EntryTable(1_000), [undefined]).take(snapshot);
    expect(delta).toMatchObject({
      interval: 7,
      failures: [{ key: { method: 'POST', name: '/cart' }, reason: 'HTTP 500', count: 3 }],
      exceptions: snapshot.exceptions,
    });
    expect(delta?.entries.map(({ key, counts }) => [key.name, counts.started, counts.retried])).toEqual([
      ['/cart', 2, 1],
      ['/', 2, 0],
    ]);
    expect(delta?.entries[1]?.latency).toEqual(createHistogram([100, 200]));
  });

  it('may use a name that an earlier one introduced', () => {
    const intake = take(first);
    expect(intake.take(second)?.entries[0]?.key).toEqual({ method: 'GET', name: '/' });
  });

  it('that was taken before is ignored', () => {
    const intake = take(first, second);
    expect(intake.take(first)).toBeUndefined();
    expect(intake.take(second)).toBeUndefined();
    intake.finish(createFinal([first, second]));
    expect(intake.describeGaps()).toEqual([]);
  });

  it.each<[string, SnapshotMessage, string]>([
    ['after a gap', { ...second, sequence: 3 }, 'snapshot 3 came after 1'],
    ['that was damaged', { ...second, crc32: (second.crc32 ^ 1) >>> 0 }, 'snapshot 2 was damaged on its way'],
    ['of an entry without a name', createSnapshot(2, [{ entryId: 1, timesUs: [1] }]), 'entry 1 has no name'],
    [
      'of failures of an entry without a name',
      { ...second, newEntries: [CART], failures: [{ entryId: 9, reason: 'HTTP 500', count: 1 }] },
      'entry 9 has no name',
    ],
    [
      'that names an entry anew',
      { ...second, newEntries: [{ ...CART, id: 0 }] },
      'entry 0 got a second name',
    ],
    [
      'that names an entry twice',
      { ...second, newEntries: [CART, { ...HOME, id: 1 }] },
      'entry 1 got a second name',
    ],
    [
      'of a second that is collected already',
      { ...second, firstInterval: 0 },
      'snapshot 2 is of seconds 0 to 1, expected from 1 on',
    ],
    ['of more than a day', { ...second, lastInterval: 86_402 }, 'snapshot 2 is of 86402 seconds'],
    [
      'that ends before it begins',
      { ...second, firstInterval: 5, lastInterval: 4 },
      'snapshot 2 is of seconds 5 to 4, expected from 1 on',
    ],
  ])('%s is refused and leaves no trace', (_, bad, problem) => {
    const intake = take(first);
    const error = expect.objectContaining({ code: 'MESSAGE_INVALID', message: problem }) as unknown;
    expect(() => intake.take(bad)).toThrow(error);
    // The right one is still wanted, and may bring the name that came with the bad one.
    const right = createSnapshot(2, [{ entryId: 1, timesUs: [5] }], { newEntries: [CART] });
    expect(intake.take(right)?.entries).toHaveLength(1);
    intake.finish(createFinal([first, right]));
    expect(intake.describeGaps()).toEqual([]);
  });

  it('of a second that needs several messages is taken with all of them', () => {
    const intake = take(first);
    const more = createSnapshot(2, [{ entryId: 1, timesUs: [5] }], { newEntries: [CART], firstInterval: 0 });
    expect(intake.take(more)?.entries).toHaveLength(1);
    intake.finish(createFinal([first, more]));
    expect(intake.describeGaps()).toEqual([]);
  });

  it('with statistics that no worker can have measured is refused', () => {
    const damaged = createSnapshot(1, [{ entryId: 0, timesUs: [1], counts: { ok: 2 } }], {
      newEntries: [HOME],
    });
    expect(() => new WorkerIntake(new EntryTable(1_000), [undefined]).take(damaged)).toThrow(
      'entry 0 has 1 times for 2 requests',
    );
  });
});

describe('the end of a worker', () => {
  it('leaves no gap where its totals agree with what was taken', () => {
    const intake = take(first, second);
    expect(intake.settled).toBe(false);
    intake.finish(createFinal([first, second]));
    expect(intake.settled).toBe(true);
    expect(intake.describeGaps()).toEqual([]);
  });

  it('names the totals that differ', () => {
    const intake = take(first);
    const [totals] = createFinal([first, second]).totals;
    intake.finish({ type: 'final', sequence: 1, endedUs: 0, inFlightUs: 0, totals: totals ? [totals] : [] });
    expect(intake.describeGaps()).toEqual([
      expect.stringMatching(
        /^GET \/: collected were 2 started, 2 ended, 2 measured, 300 us in total, \d+ as checksum, the worker counted 3 started, 3 ended, 3 measured, 600 us in total, \d+ as checksum$/,
      ),
    ]);
  });

  it('names an entry by its number where its name never came', () => {
    const intake = take(first);
    intake.finish({ ...createFinal([first]), totals: [{ ...totalsOf(first), entryId: 5 }] });
    expect(intake.describeGaps()[0]).toMatch(/^entry 5: collected were 0 started/);
    expect(intake.describeGaps()[1]).toMatch(/^GET \/: collected were 2 started/);
  });

  it('is not there before the snapshots that were sent ahead of it', () => {
    const intake = take(first);
    intake.finish(createFinal([first, second]));
    expect(intake.settled).toBe(false);
    expect(intake.describeGaps().at(-1)).toBe('2 snapshots were sent, 1 came');
    intake.take(second);
    expect(intake.settled).toBe(true);
    expect(intake.describeGaps()).toEqual([]);
  });

  it('leaves requests without an outcome as a gap', () => {
    const snapshot = createSnapshot(1, [{ entryId: 0, counts: { started: 5, ok: 0, aborted: 3 } }], {
      newEntries: [HOME],
    });
    const intake = take(snapshot);
    intake.finish(createFinal([snapshot]));
    expect(intake.describeGaps()).toEqual(['GET /: 5 requests started, 3 ended']);
  });

  it('by loss leaves all from a second on uncollected', () => {
    const intake = take(first, createSnapshot(2, [], { firstInterval: 4, lastInterval: 11 }));
    expect(intake.describeGaps()).toEqual(['nothing collected from second 12 on']);
    intake.lose('it crashed');
    expect(intake.settled).toBe(true);
    expect(intake.describeGaps()).toEqual(['nothing collected from second 12 on (it crashed)']);
  });

  it('by loss after everything was delivered leaves no gap', () => {
    const intake = take(first);
    intake.finish(createFinal([first]));
    intake.lose('it left early');
    expect(intake.describeGaps()).toEqual([]);
  });
});

function totalsOf(snapshot: SnapshotMessage): ReturnType<typeof createFinal>['totals'][number] {
  const [totals] = createFinal([snapshot]).totals;
  if (!totals) throw new Error('the snapshot is empty');
  return totals;
}
