import { LoadtsError } from '../errors.ts';
import type { EntryKey } from '../stats/run-statistics.ts';
import { formatSelectors } from './format-threshold.ts';
import { matchesSelectors, needAggregate, type SampleKey } from './matches-selectors.ts';
import type { Selector, Threshold } from './threshold.ts';
import { createFigures, type SampleFigures, selectFigures } from './threshold-figures.ts';
import { isRequestMetric } from './threshold-metric.ts';
import { type RunTimeline, type ThresholdResult, ThresholdWatch } from './threshold-watch.ts';

/** What an entry gained in one second; an `EntryDelta` is one. */
export interface EntryFigures extends SampleFigures {
  readonly key: EntryKey & Pick<SampleKey, 'scenario'>;
}

/** Something that was counted and is no request. */
export interface EventCount {
  readonly kind: 'dropped' | 'exceptions';
  /** 0 tells that there is such a class or scenario. */
  readonly count: number;
  readonly key: Pick<SampleKey, 'class' | 'scenario'>;
}

/** Samples that workers have to add up by themselves, since entries do not tell them apart. */
export interface Aggregate {
  /** The selectors as text. */
  readonly id: string;
  readonly selectors: readonly Selector[];
}

/** Each costs every worker a look at every sample. */
const MAX_AGGREGATES = 50;

/** The aggregates that these thresholds need, each once. @throws LoadtsError `THRESHOLD_INVALID` for more than 50. */
export function listAggregates(thresholds: readonly Threshold[]): Aggregate[] {
  const aggregates = thresholds
    .filter(({ metric, selectors }) => isRequestMetric(metric) && needAggregate(selectors))
    .map(({ selectors }) => createAggregate(selectors));
  const unique = new Map(aggregates.map((aggregate) => [aggregate.id, aggregate]));
  if (unique.size > MAX_AGGREGATES) {
    throw new LoadtsError(
      'THRESHOLD_INVALID',
      `the thresholds have ${unique.size} different selectors with a tag or a class`,
      { hint: `use at most ${MAX_AGGREGATES}; selectors without tag and class are not limited` },
    );
  }
  return [...unique.values()];
}

function createAggregate(all: readonly Selector[]): Aggregate {
  const selectors = all.filter(({ field }) => field !== 'stage').sort((a, b) => (a.field < b.field ? -1 : 1));
  return { id: formatSelectors(selectors), selectors };
}

/**
 * Judges all thresholds of a run. Feed it what came in for each second, in any order, close each full second of load
 * once its figures are there (the rest is added as it comes), and conclude after the last user has ended.
 */
export class ThresholdJudge {
  readonly #watches: readonly ThresholdWatch[];
  /** The ids of the aggregates that some watches are fed by, instead of by entries. */
  readonly #aggregateIds = new Map<ThresholdWatch, string>();

  constructor(thresholds: readonly Threshold[], timeline: RunTimeline) {
    this.#watches = thresholds.map((threshold) => new ThresholdWatch(threshold, timeline));
    for (const watch of this.#watches) {
      const [aggregate] = listAggregates([watch.threshold]);
      if (aggregate) this.#aggregateIds.set(watch, aggregate.id);
    }
  }

  addEntry(second: number, entry: EntryFigures): void {
    for (const watch of this.#watches) {
      const { metric, selectors } = watch.threshold;
      if (!isRequestMetric(metric)) continue;
      if (matchesSelectors(selectors, entry.key)) watch.add(second, selectFigures(metric, entry));
    }
  }

  /** Takes what workers have added up for the aggregate `id` of `listAggregates`. */
  addAggregate(second: number, id: string, figures: SampleFigures): void {
    for (const [watch, aggregateId] of this.#aggregateIds) {
      if (aggregateId === id) watch.add(second, selectFigures(watch.threshold.metric, figures));
    }
  }

  addEvents(second: number, event: EventCount): void {
    for (const watch of this.#watches) {
      const { metric, selectors } = watch.threshold;
      if (metric.kind !== event.kind || !matchesSelectors(selectors, event.key)) continue;
      watch.add(second, { ...createFigures(), count: event.count });
    }
  }

  /** Judges up to this second (0 is the run's first) and gives the results that end the run now. */
  closeSecond(second: number): ThresholdResult[] {
    const standing = this.#watches.filter((watch) => watch.failedAtSecond === undefined);
    for (const watch of this.#watches) watch.close(second);
    return standing
      .filter((watch) => watch.failedAtSecond !== undefined && watch.threshold.abort)
      .map((watch) => watch.result());
  }

  /** How things stand, in the order of the thresholds. */
  results(): ThresholdResult[] {
    return this.#watches.map((watch) => watch.result());
  }

  /** The final results. */
  conclude(): ThresholdResult[] {
    for (const watch of this.#watches) watch.finish();
    return this.results();
  }
}
