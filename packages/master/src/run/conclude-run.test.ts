import { describe, expect, it } from 'vitest';
import { createCollector, createFinal, createSnapshot } from '../statistics/sample-snapshot.case.ts';
import { concludeRun, type RunOutcome } from './conclude-run.ts';
import { createSettings } from './run-harness.case.ts';

const snapshot = createSnapshot(
  1,
  [{ entryId: 0, timesUs: [2_000, 4_000], counts: { started: 3, httpError: 1, ok: 1, connectionError: 1 } }],
  {
    newEntries: [{ id: 0, scenario: 0, method: 'GET', name: '/' }],
    failures: [{ entryId: 0, reason: 'HTTP 500', count: 1 }],
    exceptions: [{ userClass: 'Visitor', task: 'buy', message: 'no', stack: '', count: 4 }],
  },
);

function conclude(fields: Partial<RunOutcome> = {}): ReturnType<typeof concludeRun> {
  const collector = createCollector([1], 1_000);
  collector.take(1, snapshot);
  collector.finish(1, createFinal([snapshot]));
  return concludeRun({
    settings: createSettings({ script: 'shop.ts', host: 'http://127.0.0.1:1', maxEntries: 7 }),
    scenarios: [],
    collector,
    startedAt: '2026-11-21T14:03:22.518Z',
    durationSeconds: 2,
    loadUs: 2_000_000,
    peakUsers: 12,
    warmFrom: undefined,
    peaks: [],
    overloads: [],
    thresholds: [],
    scriptErrors: [],
    lostLeases: [],
    notes: [],
    endedEarly: false,
    ...fields,
  });
}

describe('concludeRun', () => {
  it('puts what was set, measured and seen into the report', () => {
    expect(conclude({ peaks: [{ workerId: 1, utilization: 1 }] })).toMatchObject({
      script: 'shop.ts',
      host: 'http://127.0.0.1:1',
      startedAt: '2026-11-21T14:03:22.518Z',
      durationSeconds: 2,
      seed: 42,
      peakUsers: 12,
      total: { requests: 3, failures: 2, requestsPerSecond: 1.5, averageMs: 3 },
      coverage: { workers: 1, complete: 1, gaps: [] },
      warnings: [expect.stringContaining('worker 1 (100 %)')],
    });
  });

  it('says what is missing of a limited run', () => {
    const report = conclude({
      settings: createSettings({ iterations: 500 }),
      lostLeases: ['worker 1: gone with 5'],
      endedEarly: true,
    });
    expect(report.coverage.gaps).toEqual(['worker 1: gone with 5']);
    expect(report.verdict.reasons).toContain('worker 1: gone with 5');
    expect(report.warnings).toContain('the run ended before all of its 500 iterations had begun');
  });

  it('takes a worker that was the limit for a warning, unless it makes the run invalid', () => {
    const overloads = ['worker 1 was the limit'];
    expect(conclude({ overloads })).toMatchObject({ warnings: overloads, verdict: { kind: 'fail' } });
    const invalid = conclude({ overloads, settings: createSettings({ overloadIsInvalid: true }) });
    expect(invalid).toMatchObject({ warnings: [], verdict: { kind: 'invalid' } });
    expect(invalid.verdict.reasons[0]).toBe('worker 1 was the limit');
  });

  it('compares requests under way with what requests took', () => {
    const times = Array.from({ length: 200 }, () => 100_000);
    const one = createSnapshot(1, [{ entryId: 0, timesUs: times }], {
      newEntries: [{ id: 0, scenario: 0, method: 'GET', name: '/' }],
    });
    const warningsWith = (inFlightUs: number, lossless = one) => {
      const collector = createCollector([1]);
      collector.take(1, lossless);
      collector.finish(1, { ...createFinal([lossless]), inFlightUs });
      return conclude({ collector, loadUs: 4_000_000 }).warnings;
    };
    expect(warningsWith(20_000_000)).toEqual([]);
    expect(warningsWith(40_000_000)).toEqual([
      'the numbers contradict each other: 10 requests were in flight on average, but 50/s of 100 ms make 5',
    ]);
    // What those took that got no answer is not in the mean.
    const failing = createSnapshot(
      1,
      [{ entryId: 0, timesUs: times, counts: { started: 201, connectionError: 1 } }],
      {
        newEntries: [{ id: 0, scenario: 0, method: 'GET', name: '/' }],
      },
    );
    expect(warningsWith(40_000_000, failing)).toEqual([]);
  });

  it('finds no contradiction in a request that began before the first second that counts', () => {
    const snapshots = [
      createSnapshot(1, [{ entryId: 0, counts: { started: 1 } }], {
        newEntries: [{ id: 0, scenario: 0, method: 'GET', name: '/' }],
      }),
      createSnapshot(2, [{ entryId: 0, timesUs: [2_000], counts: { started: 0 } }]),
    ];
    const collector = createCollector([1]);
    for (const [second, one] of snapshots.entries()) {
      collector.take(1, one);
      if (second === 0) collector.countFrom(1);
    }
    collector.finish(1, createFinal(snapshots));
    const { warnings, coverage, total } = conclude({ collector });
    expect([warnings, coverage.gaps, total.requests]).toEqual([[], [], 1]);
  });

  it('weighs failures, exceptions, errors of the script and gaps for the verdict', () => {
    const collector = createCollector([1], 1_000);
    collector.take(1, snapshot);
    collector.lose(1, 'it crashed');
    expect(conclude({ collector, scriptErrors: ['Steps.tick() threw'] }).verdict).toEqual({
      kind: 'fail',
      reasons: [
        'Steps.tick() threw',
        '2 of 3 requests failed',
        'tasks threw 4 exceptions',
        'worker 1: nothing collected from second 1 on (it crashed)',
      ],
    });
  });
});
