import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadtsError } from '../errors.ts';
import { formatThreshold } from './format-threshold.ts';
import { parseThreshold, parseThresholds } from './parse-threshold.ts';
import { threshold } from './thresholds.case.ts';

function problemOf(text: string | readonly string[]): { message: string; hint: string | undefined } {
  try {
    if (typeof text === 'string') parseThreshold(text);
    else parseThresholds(text);
  } catch (error) {
    expect(error).toBeInstanceOf(LoadtsError);
    const { code, message, hint } = error as LoadtsError;
    expect(code).toBe('THRESHOLD_INVALID');
    return { message, hint };
  }
  throw new Error(`${String(text)} was read without a problem`);
}

describe('parseThreshold', () => {
  it('reads a metric, a comparison and a limit', () => {
    expect(parseThreshold('p95 < 300ms')).toEqual({
      metric: { kind: 'latency', series: 'response', statistic: 95 },
      selectors: [],
      operator: '<',
      limit: 300,
      afterWarmup: false,
      abort: false,
    });
  });

  it('reads selectors and clauses', () => {
    const text = 'errors{method="GET", name="/cart"} <= 1% over 30s after warmup abort';
    expect(parseThreshold(text)).toEqual({
      metric: { kind: 'errors' },
      selectors: [
        { field: 'method', value: 'GET' },
        { field: 'name', value: '/cart' },
      ],
      operator: '<=',
      limit: 0.01,
      overSeconds: 30,
      afterWarmup: true,
      abort: true,
    });
  });

  it('takes the clauses in any order, and blanks or none anywhere', () => {
    const text = ' p95{name="a"}<1s abort  after\nwarmup over 2m';
    expect(formatThreshold(parseThreshold(text))).toBe('p95{name="a"} < 1s over 120s after warmup abort');
    expect(parseThreshold('p95 { name = "a" } < 1 s abort')).toMatchObject({ limit: 1_000, abort: true });
  });

  it.each([
    ['p95 < 300ms', 300],
    ['p95 < 1.5s', 1_500],
    ['p95 < 250us', 0.25],
    ['p99.99 < 2.3s', 2_300],
    ['ttfb.max < 1s', 1_000],
    ['errors < 7%', 0.07],
    ['errors < 0.01', 0.01],
    ['errors <= 100%', 1],
    ['rps > 99.5', 99.5],
    ['rps >= 100/s', 100],
    ['requests > 1000', 1_000],
    ['dropped <= 0', 0],
    ['exceptions<1abort', 1],
  ])('reads the limit of %s as %d', (text, limit) => {
    expect(parseThreshold(text).limit).toBe(limit);
  });

  it.each([
    [String.raw`{name="a \"b\" \\ ä"}`, String.raw`a "b" \ ä`],
    [String.raw`{name='it\'s "x"'}`, `it's "x"`],
    ['{name="a, b} < 1"}', 'a, b} < 1'],
    [String.raw`{name="\u0041\n"}`, 'A\n'],
    ['{name=""}', ''],
  ])('reads the quoted value in %s', (selectors, value) => {
    expect(parseThreshold(`p95${selectors} < 1s`).selectors).toEqual([{ field: 'name', value }]);
  });

  it.each([
    ['', 0, 'expected a metric here'],
    ['p95', 3, 'expected <, <=, > or >= here'],
    ['p95 == 3ms', 4, 'expected <, <=, > or >= here'],
    ['p95 <== 3ms', 4, 'expected <, <=, > or >= here'],
    ['pp95 < 3ms', 0, 'there is no metric pp95'],
    ['p0 < 3ms', 0, 'there is no metric p0'],
    ['p101 < 3ms', 0, 'there is no metric p101'],
    ['service.rps < 3', 0, 'there is no metric service.rps'],
    ['p95 <', 5, 'expected a number here'],
    ['p95 < -1ms', 6, 'expected a number here'],
    ['p95 < 300', 6, 'the number has no unit'],
    ['p95 < 300 abort', 6, 'the number has no unit'],
    ['p95 < 300%', 9, '% is no unit of p95'],
    ['p95 < 5m', 7, 'm is no unit of p95'],
    ['p95 < 0.1234567s', 6, 'the number has too many digits'],
    ['errors < 5', 9, 'more than all of the requests'],
    ['errors < 1ms', 10, 'ms is no unit of errors'],
    ['rps > 5ms', 7, 'ms is no unit of rps'],
    ['requests > 5/s', 12, '/s is no unit of requests'],
    ['requests > 5.5', 11, '5.5 is no whole number'],
    ['p95{} < 1s', 4, 'expected a selector here'],
    ['p95{path="/"} < 1s', 4, 'there is no selector path'],
    ['p95{name} < 1s', 8, 'expected = here'],
    ['p95{name=~"a"} < 1s', 8, 'expected = here'],
    ['p95{name=/cart} < 1s', 9, 'expected a value in quotes here'],
    ['p95{name="/cart} < 1s', 9, 'expected a value in quotes here'],
    [String.raw`p95{name="\q"} < 1s`, 9, 'this value cannot be read'],
    ['p95{name="a" < 1s', 13, 'expected a comma or } here'],
    ['p95{name="a", name="b"} < 1s', 14, 'name is there twice'],
    ['dropped{name="a"} < 1', 8, 'dropped has no name, since it does not count requests'],
    ['p95 < 1s soon', 9, 'expected over, after warmup, abort or the end here'],
    ['p95 < 1s, p99 < 2s', 8, 'expected over, after warmup, abort or the end here'],
    ['p95 < 1s over', 13, 'expected a duration here'],
    ['p95 < 1s over 1.5s', 14, 'a window cannot last 1.5s'],
    ['p95 < 1s over 0s', 14, 'a window cannot last 0s'],
    ['p95 < 1s over 601s', 14, 'a window cannot last 601s'],
    ['p95 < 1s over 5x', 14, 'a window cannot last 5x'],
    ['p95 < 1s after rampup', 15, 'expected warmup here'],
    ['p95 < 1s abort abort', 15, 'abort is there twice'],
    ['requests > 9 abort', 13, "abort cannot judge a least number of requests before the run's end"],
  ])('points at what is wrong in %s', (text, offset, problem) => {
    expect(problemOf(text).message).toBe(`${problem}\n  ${text}\n  ${' '.repeat(offset)}^`);
  });

  it.each([
    ['error < 1%', 'did you mean errors?'],
    ['fps > 1', 'did you mean rps?'],
    ['latency < 1s', expect.stringMatching(/^there are percentiles such as p95, .*exceptions$/)],
    ['tfb.p95 < 1s', 'did you mean ttfb.p95?'],
    ['p95{nam="a"} < 1s', 'did you mean name?'],
    ['p95 < 1s abrt', 'did you mean abort?'],
    ['p95 < 300', 'p95 is a time: add ms, s or us, as in 300ms'],
    ['errors < 5', 'errors is a share: write 1% or 0.01'],
  ])('says what to do about %s', (text, hint) => {
    expect(problemOf(text).hint).toEqual(hint);
  });

  it('lets a window judge a least number', () => {
    expect(parseThreshold('requests > 9 over 10s abort')).toMatchObject({ abort: true, overSeconds: 10 });
  });
});

describe('parseThresholds', () => {
  it('reads all', () => {
    expect(parseThresholds(['p95 < 1s', 'errors < 1%']).map(formatThreshold)).toEqual([
      'p95 < 1s',
      'errors < 1%',
    ]);
  });

  it('tells all problems at once, each with its place and advice', () => {
    expect(problemOf(['p95 < 300', 'errors < 1%', 'error < 1%']).message.split('\n')).toEqual([
      'the number has no unit',
      '  p95 < 300',
      '        ^',
      '  p95 is a time: add ms, s or us, as in 300ms',
      'there is no metric error',
      '  error < 1%',
      '  ^',
      '  did you mean errors?',
    ]);
  });
});

describe('formatThreshold', () => {
  it.each([
    ['p99.90 < 1000ms', 'p99.9 < 1s'],
    ['service.p99 < 1.5ms', 'service.p99 < 1.5ms'],
    ['p50 < 0.00025s', 'p50 < 250us'],
    ['min >= 0ms', 'min >= 0ms'],
    ['errors < 0.07', 'errors < 7%'],
    ['rps > 10', 'rps > 10/s'],
    ["p95{name='a\"b'} < 1s", String.raw`p95{name="a\"b"} < 1s`],
  ])('writes %s as %s', (text, canonical) => {
    expect(formatThreshold(parseThreshold(text))).toBe(canonical);
  });

  it('writes every threshold so that it is read back as it was', () => {
    fc.assert(
      fc.property(threshold, (any) => {
        expect(parseThreshold(formatThreshold(any))).toEqual(any);
      }),
      { numRuns: 1_000 },
    );
  });
});
