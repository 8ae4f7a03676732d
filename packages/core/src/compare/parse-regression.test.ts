import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LoadtsError } from '../errors.ts';
import { formatRegression } from './format-regression.ts';
import { parseRegression, parseRegressions } from './parse-regression.ts';
import { limitFor, type RegressionLimit } from './regression.ts';

describe('parseRegression', () => {
  it('reads a metric, selectors and how far it may be off', () => {
    expect(parseRegression('p95{method="GET", name="/cart"} < max(1.10x, +20ms)')).toEqual({
      metric: { kind: 'latency', series: 'response', statistic: 95 },
      selectors: [
        { field: 'method', value: 'GET' },
        { field: 'name', value: '/cart' },
      ],
      operator: '<',
      limit: {
        kind: 'max',
        of: [
          { kind: 'factor', factor: 1.1 },
          { kind: 'offset', offset: 20 },
        ],
      },
    });
  });

  it.each([
    ['p95<1.1x', 'p95 < 1.1x'],
    ['avg < +0.5s', 'avg < +500ms'],
    ['errors < +1%', 'errors < +1%'],
    ['rps > min( 0.9 x , -5/s )', 'rps > min(0.9x, -5/s)'],
    ['p99.9 < max(1.2x, min(2x, +1s))', 'p99.9 < max(1.2x, min(2x, +1s))'],
  ])('reads %s', (text, canonical) => {
    expect(formatRegression(parseRegression(text))).toBe(canonical);
  });

  it('reads back whatever is written', () => {
    const term: fc.Arbitrary<RegressionLimit> = fc.oneof(
      fc.nat(5_000).map((percent) => ({ kind: 'factor' as const, factor: percent / 100 })),
      fc
        .integer({ min: -9_999, max: 9_999 })
        .map((us) => ({ kind: 'offset' as const, offset: us / 1_000 || 0 })),
    );
    const limit = fc.oneof(
      term,
      fc.record({
        kind: fc.constantFrom('max' as const, 'min' as const),
        of: fc.array(term, { minLength: 1, maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(limit, fc.string(), (of, name) => {
        const regression = {
          metric: { kind: 'latency' as const, series: 'response' as const, statistic: 95 },
          selectors: [{ field: 'name' as const, value: name }],
          operator: '<' as const,
          limit: of,
        };
        expect(parseRegression(formatRegression(regression))).toEqual(regression);
      }),
    );
  });

  it.each([
    ['', 0, 'expected a metric here'],
    ['p95', 3, 'expected < or > here'],
    ['p95 <= 1.1x', 4, 'expected < or > here'],
    ['p95 < 300ms', 6, 'expected a change here'],
    ['p95 < +20', 7, 'the number has no unit'],
    ['p95 < max(1.1x', 14, 'expected a comma or ) here'],
    ['p95 < 1.1x over 30s', 11, 'expected the end here'],
    ['max < 1.1x', 0, 'max is not compared between runs'],
    ['service.p95 < 1.1x', 0, 'service.p95 is not compared between runs'],
    ['requests > 0.9x', 0, 'requests is not compared between runs'],
    ['pp95 < 1.1x', 0, 'there is no metric pp95'],
    ['p95{tag="a"} < 1.1x', 3, 'results do not tell apart requests by tag'],
  ])('says what is wrong in %j, and where', (text, offset, message) => {
    expect(() => parseRegression(text)).toThrow(LoadtsError);
    expect(() => parseRegression(text)).toThrow(`${message}\n  ${text}\n  ${' '.repeat(offset)}^`);
  });
});

describe('parseRegressions', () => {
  it('reports all problems at once', () => {
    expect(() => parseRegressions(['p95 < 1x', 'x', 'errors < 3'])).toThrow(
      /no metric x[^]*expected a change here/,
    );
    expect(parseRegressions(['p95 < 1x', 'rps > 1x'])).toHaveLength(2);
  });
});

describe('limitFor', () => {
  it('is the looser or the stricter of several', () => {
    const { limit } = parseRegression('p95 < max(1.10x, +20ms)');
    expect(limitFor(limit, 100)).toBe(120);
    expect(limitFor(limit, 1_000)).toBe(1_100);
    expect(limitFor(parseRegression('rps > min(0.9x, -5/s)').limit, 100)).toBe(90);
  });
});
