import fc from 'fast-check';
import { GOODPUT_TIMES, type GoodputCondition } from './goodput-condition.ts';
import { OPERATORS, SELECTOR_FIELDS, type Threshold } from './threshold.ts';
import {
  canDrift,
  type DriftingMetric,
  isRequestMetric,
  LATENCY_SERIES,
  streamTimeOf,
  type ThresholdMetric,
  unitOf,
} from './threshold-metric.ts';

const plainMetric: fc.Arbitrary<ThresholdMetric> = fc.oneof(
  fc.record({
    kind: fc.constant('latency' as const),
    series: fc.constantFrom(...LATENCY_SERIES),
    statistic: fc.oneof(
      fc.constantFrom('avg' as const, 'min' as const, 'max' as const),
      fc.integer({ min: 1, max: 10_000 }).map((hundredths) => hundredths / 100),
    ),
  }),
  fc
    .constantFrom('errors' as const, 'rps' as const, 'requests' as const, 'failures' as const)
    .map((kind) => ({ kind })),
  fc.constantFrom('dropped' as const, 'exceptions' as const).map((kind) => ({ kind })),
);

const condition: fc.Arbitrary<GoodputCondition> = fc
  .record({
    time: fc.constantFrom(...GOODPUT_TIMES),
    percentile: fc.constantFrom(50, 99.9, 100),
    limitMs: fc.integer({ min: 1, max: 100_000 }).map((us) => us / 1_000),
  })
  .map((one) => (one.time === 'gap' ? one : { ...one, percentile: 100 }));

const metric: fc.Arbitrary<ThresholdMetric> = fc.oneof(
  plainMetric,
  fc.array(condition, { maxLength: 3 }).map((conditions) => ({ kind: 'goodput' as const, conditions })),
  plainMetric
    .filter((of): of is DriftingMetric => canDrift(of))
    .map((of) => ({ kind: 'drift' as const, of })),
);

const limit = {
  milliseconds: fc.integer({ min: 0, max: 10_000_000 }).map((us) => us / 1_000),
  share: fc.integer({ min: 0, max: 10_000 }).map((part) => part / 10_000),
  perSecond: fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths / 10),
  count: fc.nat(),
};

/** Every threshold that can be written. */
export const threshold: fc.Arbitrary<Threshold> = metric.chain((of) => {
  const ofStream = streamTimeOf(of) && (['method', 'name', 'scenario', 'stage'] as const);
  const fields = isRequestMetric(of)
    ? (ofStream ?? SELECTOR_FIELDS)
    : (['class', 'scenario', 'stage'] as const);
  const overSeconds = fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined });
  return fc
    .record({
      metric: fc.constant(of),
      selectors: fc.uniqueArray(
        fc.record({ field: fc.constantFrom(...fields), value: fc.string({ unit: 'binary' }) }),
        { selector: ({ field }) => field, maxLength: 3 },
      ),
      operator: fc.constantFrom(...OPERATORS),
      limit: limit[unitOf(of)],
      afterWarmup: fc.boolean(),
      abort: fc.boolean(),
      overSeconds,
    })
    .map(({ overSeconds: seconds, ...rest }) => ({
      ...rest,
      ...(seconds === undefined ? {} : { overSeconds: seconds }),
    }))
    .filter(({ abort, operator, overSeconds: seconds }: Threshold) => {
      if (of.kind === 'drift' && (abort || seconds !== undefined)) return false;
      const isGrowing = unitOf(of) === 'count' && operator.startsWith('>') && seconds === undefined;
      return !(abort && isGrowing);
    });
});
