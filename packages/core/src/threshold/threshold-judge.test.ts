import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCounts } from '../stats/outcome.ts';
import { histogramOf, okCounts } from '../stats/samples.case.ts';
import { parseThresholds } from './parse-threshold.ts';
import { type EntryFigures, listAggregates, ThresholdJudge } from './threshold-judge.ts';
import type { RunTimeline } from './threshold-watch.ts';

const plain: RunTimeline = { isWarm: () => true, hasLoad: () => true, stageAt: () => undefined };

function judge(texts: string | readonly string[], timeline: RunTimeline = plain): ThresholdJudge {
  return new ThresholdJudge(parseThresholds([texts].flat()), timeline);
}

/** So many requests that all took as long, and some that failed. */
function entry(count: number, ms: number, failed = 0, key = { method: 'GET', name: '/' }): EntryFigures {
  return {
    key,
    counts: { ...okCounts(count - failed), started: count, httpError: failed },
    latency: histogramOf(Array.from({ length: count }, () => ms * 1_000)),
  };
}

/** Feeds and closes one second after the other; the results that end the run, with their second. */
function play(target: ThresholdJudge, seconds: readonly (EntryFigures | undefined)[]): unknown[] {
  return seconds.flatMap((figures, second) => {
    if (figures) target.addEntry(second, figures);
    return target.closeSecond(second).map(({ threshold }) => [second, threshold]);
  });
}

const repeat = <T>(times: number, value: T): T[] => Array.from({ length: times }, () => value);

describe('a plain threshold', () => {
  it.each([
    ['p95 < 300ms', 200, 'p95 was 200 ms'],
    ['avg <= 200ms', 200, 'avg was 200 ms'],
    ['min >= 200ms', 200, 'min was 200 ms'],
    ['max < 1s', 200, 'max was 200 ms'],
    ['errors < 11%', 0.1, 'errors was 10 %'],
    ['rps > 9.9', 10, 'rps was 10/s'],
    ['requests >= 20', 20, 'requests was 20'],
    ['failures <= 2', 2, 'failures was 2'],
    ['dropped < 1', 0, 'dropped was 0'],
    ['exceptions < 1', 0, 'exceptions was 0'],
  ])('%s passes at %d', (text, observed, reason) => {
    const target = judge(text);
    play(target, repeat(2, entry(10, 200, 1)));
    expect(target.conclude()).toEqual([{ threshold: parseText(text), observed, passed: true, reason }]);
  });

  it.each([
    ['p95 < 200ms', 'p95 was 200 ms instead of < 200ms'],
    ['errors < 10%', 'errors was 10 % instead of < 10%'],
    ['rps > 10', 'rps was 10/s instead of > 10/s'],
    ['requests > 20', 'requests was 20 instead of > 20'],
    ['failures < 2', 'failures was 2 instead of < 2'],
    ['p95 < 199.99ms', 'p95 was 200 ms instead of < 199.99ms'],
  ])('%s fails, with what was observed', (text, reason) => {
    const target = judge(text);
    expect(play(target, repeat(2, entry(10, 200, 1)))).toEqual([]);
    expect(target.conclude()).toMatchObject([{ passed: false, reason }]);
  });

  it('is judged on what came in late too, and on the drain after the last full second', () => {
    const target = judge(['requests >= 30', 'rps <= 20']);
    play(target, [entry(10, 1)]);
    target.addEntry(0, entry(10, 1));
    target.addEntry(1, entry(10, 1));
    expect(target.conclude()).toMatchObject([
      { observed: 30, passed: true },
      { observed: 20, passed: true },
    ]);
    expect(target.conclude()[0]?.observed).toBe(30);
  });

  it('takes aborted requests out of the share of errors', () => {
    const target = judge('errors <= 50%');
    const counts = { ...createCounts(), started: 10, ok: 1, timeout: 1, aborted: 8 };
    play(target, [{ key: { method: 'GET', name: '/' }, counts, latency: histogramOf([1, 1]) }]);
    expect(target.conclude()).toMatchObject([{ observed: 0.5, passed: true }]);
  });

  it('keeps the series apart', () => {
    const target = judge(['p50 < 1s', 'ttfb.p50 < 1s', 'service.p50 < 1s']);
    target.addEntry(0, { ...entry(3, 100), ttfb: histogramOf([20_000]), service: histogramOf([50_000]) });
    expect(target.conclude().map(({ observed }) => observed)).toEqual([100, 20, 50]);
  });

  it.each([
    ['p95 < 1s', 'no request with a measured time'],
    ['ttfb.p95 < 1s', 'no time to the first byte was measured'],
    ['service.avg < 1s', 'no service time was measured: only scenarios with a rate have it'],
    ['errors < 1%', 'no request came to its end'],
    ['rps < 10', 'there was no full second to take a rate from'],
    ['p95{name="/x"} < 1s', 'no request matched {name="/x"}'],
    ['requests{name="/x"} < 9', 'no request matched {name="/x"}'],
    ['dropped{scenario="x"} < 9', 'no arrival or task matched {scenario="x"}'],
    ['p95{stage="late"} < 1s', 'no second of stage "late" was seen'],
    ['requests < 9 after warmup', 'no second of the run was seen after the warm-up'],
    ['p95 < 1s over 2s', 'there was no full window of 2 s'],
  ])('%s fails where nothing was measured, and says why', (text, reason) => {
    const target = judge(text, { ...plain, isWarm: () => false, stageAt: () => 'early' });
    expect(target.conclude()).toMatchObject([{ observed: undefined, passed: false, reason }]);
  });

  it('looks only at what comes after the warm-up where it is told to', () => {
    const target = judge(['max < 1s after warmup', 'max < 1s', 'rps >= 10 after warmup'], {
      ...plain,
      ...plain,
      isWarm: (second) => second >= 2,
    });
    play(target, [entry(1, 2_000), entry(1, 3_000), entry(10, 100)]);
    target.addEntry(1, entry(1, 4_000));
    expect(target.conclude().map(({ observed }) => observed)).toEqual([100, 4_000, 10]);
  });

  it('looks only at its stage', () => {
    const target = judge(['max{stage="calm"} < 1s', 'rps{stage="calm"} <= 1'], {
      ...plain,
      stageAt: (second) => (second % 2 === 0 ? 'calm' : 'busy'),
    });
    play(target, [entry(1, 10), entry(50, 2_000), entry(1, 20), entry(50, 3_000)]);
    expect(target.conclude()).toMatchObject([
      { observed: 20, passed: true },
      { observed: 1, passed: true },
    ]);
  });
});

describe('selectors', () => {
  it('take the requests that match all of them', () => {
    const target = judge([
      'requests{method="get", name="/a"} < 99',
      'requests{name="/a"} < 99',
      'requests < 99',
    ]);
    target.addEntry(0, entry(1, 1, 0, { method: 'GET', name: '/a' }));
    target.addEntry(0, entry(2, 1, 0, { method: 'POST', name: '/a' }));
    target.addEntry(0, entry(4, 1, 0, { method: 'GET', name: '/b' }));
    expect(target.conclude().map(({ observed }) => observed)).toEqual([1, 3, 7]);
  });

  it('on tags and classes are fed by aggregates, each listed once', () => {
    const texts = [
      'p95{tag="slow", name="/a"} < 1s',
      'requests{name="/a", tag="slow", stage="x"} < 9',
      'requests{class="Buyer"} < 9',
      'dropped{class="Buyer"} < 9',
      'requests{name="/a"} < 9',
    ];
    expect(listAggregates(parseThresholds(texts)).map(({ id }) => id)).toEqual([
      '{name="/a", tag="slow"}',
      '{class="Buyer"}',
    ]);
    const target = judge(texts, { ...plain, stageAt: () => 'x' });
    target.addAggregate(0, '{name="/a", tag="slow"}', entry(3, 70));
    target.addAggregate(0, '{class="Buyer"}', entry(5, 1));
    target.addEntry(0, entry(8, 1, 0, { method: 'GET', name: '/a' }));
    target.addEvents(0, { kind: 'dropped', count: 2, key: { class: 'Buyer' } });
    target.addEvents(0, { kind: 'dropped', count: 4, key: { class: 'Admin' } });
    target.addEvents(0, { kind: 'exceptions', count: 7, key: { class: 'Buyer' } });
    expect(target.conclude().map(({ observed }) => observed)).toEqual([70, 3, 5, 2, 8]);
  });

  it('on tags and classes are at most 50 different ones', () => {
    const texts = (count: number): string[] =>
      Array.from({ length: count }, (_, i) => [
        `p95{tag="${i}"} < 1s`,
        `avg{tag="${i}"} < 1s`,
        'avg < 1s',
      ]).flat();
    expect(listAggregates(parseThresholds(texts(50)))).toHaveLength(50);
    expect(() => listAggregates(parseThresholds(texts(51)))).toThrow(
      'the thresholds have 51 different selectors with a tag, a class or a goodput',
    );
  });

  it('match an arrival count of 0', () => {
    const target = judge('dropped{scenario="x"} < 9');
    target.addEvents(0, { kind: 'dropped', count: 0, key: { scenario: 'x' } });
    expect(target.conclude()).toMatchObject([{ observed: 0, passed: true }]);
  });
});

describe('abort', () => {
  it('fails at the second in which the hundredth sample and the limit are reached', () => {
    const target = judge('p50 < 100ms abort');
    expect(play(target, [entry(99, 500), undefined, entry(1, 500), entry(1, 500)])).toEqual([
      [2, 'p50 < 100ms abort'],
    ]);
  });

  it('stays failed, at what was observed then', () => {
    const target = judge('errors < 10% abort');
    play(target, [entry(100, 1, 50), entry(10_000, 1)]);
    expect(target.conclude()).toEqual([
      {
        threshold: 'errors < 10% abort',
        observed: 0.5,
        passed: false,
        reason: 'errors was 50 % instead of < 10% at second 0',
        failedAtSecond: 0,
      },
    ]);
  });

  it('does not wait for samples where a count is too high already', () => {
    const target = judge('dropped < 3 abort');
    target.addEvents(0, { kind: 'dropped', count: 2, key: {} });
    expect(target.closeSecond(0)).toEqual([]);
    target.addEvents(1, { kind: 'dropped', count: 1, key: {} });
    expect(target.closeSecond(1)).toMatchObject([{ observed: 3, failedAtSecond: 1 }]);
    expect(target.closeSecond(2)).toEqual([]);
  });

  it('is judged on closed seconds only', () => {
    const target = judge('errors < 10% abort');
    target.addEntry(1, entry(1_000, 1, 1_000));
    target.addEntry(0, entry(1_000, 1));
    expect(target.closeSecond(0)).toEqual([]);
    expect(target.closeSecond(1)).toHaveLength(1);
  });

  it('is judged at the end like any other where it had too few samples', () => {
    const target = judge('p50 < 100ms abort');
    expect(play(target, repeat(9, entry(11, 500)))).toEqual([]);
    expect(target.conclude()).toMatchObject([{ passed: false, observed: 500 }]);
  });
});

describe('over', () => {
  const bad = entry(1, 500);
  const good = entry(1, 10);

  it('fails after three bad windows in a row', () => {
    const target = judge('max < 100ms over 2s abort');
    expect(play(target, [bad, bad, bad, bad])).toEqual([[3, 'max < 100ms over 2s abort']]);
    expect(target.conclude()).toMatchObject([
      {
        passed: false,
        failedAtSecond: 3,
        reason: 'max was 500 ms instead of < 100ms at second 3, in 3 windows of 2 s in a row',
      },
    ]);
  });

  it('forgives two bad windows in a row, and shows the worst', () => {
    const target = judge('max < 100ms over 2s abort');
    expect(play(target, [good, bad, good, good, good])).toEqual([]);
    expect(target.conclude()).toEqual([
      {
        threshold: 'max < 100ms over 2s abort',
        observed: 500,
        passed: true,
        reason: 'max was 500 ms in the worst of 4 windows of 2 s; 2 were bad, never 3 in a row',
      },
    ]);
  });

  it('does not end the run without abort', () => {
    const target = judge('max < 100ms over 1s');
    expect(play(target, repeat(5, bad))).toEqual([]);
    expect(target.conclude()).toMatchObject([{ passed: false, failedAtSecond: 2 }]);
  });

  it('fails where all of too few windows were bad', () => {
    const target = judge('max < 100ms over 2s');
    play(target, [bad, bad, bad]);
    expect(target.conclude()).toMatchObject([
      { passed: false, reason: 'max was 500 ms instead of < 100ms in all windows of 2 s there were' },
    ]);
  });

  it('lets silence neither count nor end a row of bad windows', () => {
    const target = judge('max < 100ms over 1s');
    play(target, [bad, undefined, bad, undefined, bad]);
    expect(target.conclude()).toMatchObject([{ passed: false, failedAtSecond: 4 }]);
  });

  it('says so where all windows were silent', () => {
    const target = judge('max < 100ms over 1s');
    play(target, [undefined, undefined]);
    expect(target.conclude()).toMatchObject([{ passed: false, reason: 'no request with a measured time' }]);
  });

  it('does not reach over the seconds that it does not look at', () => {
    const timeline: RunTimeline = { ...plain, stageAt: (second) => (second === 3 ? 'pause' : 'load') };
    const target = judge('rps{stage="load"} > 5 over 2s', timeline);
    play(target, [entry(9, 1), good, bad, undefined, good, bad, good]);
    // Two rows of two bad windows: 0-1 and 1-2 before the pause, 4-5 and 5-6 after it.
    expect(target.conclude()).toMatchObject([{ passed: true, observed: 1 }]);
  });

  it('takes what comes late into the windows that still hold its second', () => {
    const target = judge('requests >= 4 over 2s');
    target.addEntry(0, good);
    target.closeSecond(0);
    target.addEntry(0, entry(3, 10));
    expect(play(target, [undefined, undefined])).toEqual([]);
    expect(target.conclude()).toMatchObject([{ observed: 4, passed: true }]);
  });

  it('closes the seconds that nobody closed', () => {
    const target = judge('requests >= 1 over 3s abort');
    expect(target.closeSecond(9)).toMatchObject([{ failedAtSecond: 4 }]);
  });

  it('observes in its worst window what a list of the samples says', () => {
    const seconds = fc.array(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 4 }), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(seconds, fc.integer({ min: 1, max: 6 }), (timesUs, length) => {
        const target = judge(`max <= 1ms over ${length}s`);
        timesUs.forEach((values, second) => {
          for (const value of values) {
            target.addEntry(second, { ...entry(1, 0), latency: histogramOf([value]) });
          }
          target.closeSecond(second);
        });
        const windows = timesUs
          .slice(length - 1)
          .map((_, i) => Math.max(...timesUs.slice(i, i + length).flat()));
        const observed = windows.length === 0 ? undefined : Math.max(...windows) / 1_000;
        expect(target.conclude()[0]?.observed).toBe(observed);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the order of arrival', () => {
  it('does not show in the results', () => {
    const samples = fc.array(
      fc.record({
        second: fc.nat(5),
        count: fc.integer({ min: 1, max: 60 }),
        ms: fc.integer({ min: 1, max: 400 }),
      }),
      { maxLength: 12 },
    );
    const texts = ['p90 < 200ms', 'rps > 30', 'avg < 150ms over 2s', 'p50 < 100ms abort'];
    const run = (list: readonly { second: number; count: number; ms: number }[]): unknown => {
      const target = judge(texts);
      for (const { second, count, ms } of list) target.addEntry(second, entry(count, ms));
      return [target.closeSecond(5), target.conclude()];
    };
    fc.assert(
      fc.property(samples, (list) => {
        expect(run(list.toReversed())).toEqual(run(list));
      }),
    );
  });
});

function parseText(text: string): string {
  return judge(text).results()[0]?.threshold ?? '';
}
