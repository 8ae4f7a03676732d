import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCounts } from '../stats/outcome.ts';
import { okCounts } from '../stats/samples.case.ts';
import { checkRun, type SelfCheckFacts } from './self-checks.ts';

const fine: SelfCheckFacts = {
  counts: okCounts(3_000),
  plannedSeconds: 60,
  measuredSeconds: 60,
  meanInFlight: 10,
  meanResponseMs: 200,
  arrivals: { asked: 1_000, started: 900, dropped: 100 },
};

describe('checkRun', () => {
  it('has nothing to say where all numbers agree', () => {
    expect(checkRun(fine)).toEqual([]);
  });

  it.each<[Partial<SelfCheckFacts>, string]>([
    [
      { counts: { ...okCounts(3_000), started: 3_001 } },
      '3001 requests were started, but 3000 ended or were aborted',
    ],
    [{ meanInFlight: 11.1 }, '11.1 requests were in flight on average, but 50/s of 200 ms make 10'],
    [{ meanInFlight: 8.9 }, '8.9 requests were in flight on average, but 50/s of 200 ms make 10'],
    [
      { meanInFlight: 112, meanResponseMs: 2_000 },
      '112 requests were in flight on average, but 50/s of 2000 ms make 100',
    ],
    [
      { arrivals: { asked: 1_000, started: 989, dropped: 0 } },
      'the rate asked for 1000 iterations, but 989 were started',
    ],
    [
      { arrivals: { asked: 1_000, started: 900, dropped: 50 } },
      'the rate asked for 1000 iterations, but 900 were started and 50 dropped',
    ],
    [
      { arrivals: { asked: 10, started: 13, dropped: 0 } },
      'the rate asked for 10 iterations, but 13 were started',
    ],
    [{ plannedSeconds: 62 }, 'the load was planned to last 62 s, but lasted 60 s'],
    [
      { plannedSeconds: 3_600, measuredSeconds: 3_700, meanInFlight: undefined },
      'the load was planned to last 3600 s, but lasted 3700 s',
    ],
  ])('says what does not agree in %j', (facts, sentence) => {
    expect(checkRun({ ...fine, ...facts })).toEqual([sentence]);
  });

  it.each<[Partial<SelfCheckFacts>]>([
    [{ meanInFlight: 10.9 }],
    [{ meanInFlight: 109, meanResponseMs: 2_000 }],
    [{ arrivals: { asked: 1_000, started: 991, dropped: 0 } }],
    [{ arrivals: { asked: 10, started: 12, dropped: 0 } }],
    [{ plannedSeconds: 61 }],
    [{ counts: okCounts(99), meanInFlight: 99 }],
    [{ measuredSeconds: 0, plannedSeconds: 0 }],
    [{ meanInFlight: undefined }],
    [{ meanResponseMs: undefined, meanInFlight: 99 }],
    [{ arrivals: undefined, plannedSeconds: undefined }],
  ])('tolerates %j', (facts) => {
    expect(checkRun({ ...fine, ...facts })).toEqual([]);
  });

  it('counts aborted requests among those that ended, and says all that does not agree', () => {
    const counts = { ...createCounts(), started: 3_000, ok: 2_000, timeout: 500, aborted: 500 };
    expect(checkRun({ ...fine, counts })).toEqual([]);
    expect(checkRun({ ...fine, counts, meanInFlight: 90, plannedSeconds: 1 })).toHaveLength(2);
  });

  it('agrees with any closed model that is simulated', () => {
    const model = fc.record({
      users: fc.integer({ min: 1, max: 40 }),
      responseMs: fc.integer({ min: 1, max: 900 }),
      waitMs: fc.integer({ min: 0, max: 900 }),
    });
    fc.assert(
      fc.property(model, ({ users, responseMs, waitMs }) => {
        const each = Math.floor(600_000 / (responseMs + waitMs));
        const counts = okCounts(each * users);
        const meanInFlight = (users * each * responseMs) / 600_000;
        const facts = { counts, measuredSeconds: 600, meanInFlight, meanResponseMs: responseMs };
        expect(checkRun(facts)).toEqual([]);
      }),
    );
  });
});
