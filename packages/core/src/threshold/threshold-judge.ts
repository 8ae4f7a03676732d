import { LoadtsError } from '../errors.ts';
import type { EntryKey } from '../stats/run-statistics.ts';
import type { SparseHistogram } from '../stats/sparse-histogram.ts';
import type { StreamTime } from '../stream/stream-time.ts';
import { formatSelectors } from './format-threshold.ts';
import type { GoodputCondition } from './goodput-condition.ts';
import { needAggregate, type SampleKey } from './matches-selectors.ts';
import type { Selector, Threshold } from './threshold.ts';
import { ThresholdFeed } from './threshold-feed.ts';
import { NO_FIGURES, type SampleFigures, selectFigures } from './threshold-figures.ts';
import { type LatencySeries, seriesOf, streamTimeOf, type ThresholdMetric } from './threshold-metric.ts';
import { type RunTimeline, type ThresholdResult, ThresholdWatch } from './threshold-watch.ts';

/** What an entry gained in one second; an `EntryDelta` is one. */
export interface EntryFigures extends SampleFigures {
  readonly key: EntryKey;
}

/** What the streams of an entry gained in one second, of one of their times. */
export interface StreamFigures {
  readonly time: StreamTime;
  readonly key: EntryKey;
  readonly latency: SparseHistogram;
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
  /** What makes a request a good one; any other counts as failed. */
  readonly conditions?: readonly GoodputCondition[] | undefined;
}

/** Each costs every worker a look at every sample. */
const MAX_AGGREGATES = 50;

/** The aggregates that these thresholds need, each once. @throws LoadtsError `THRESHOLD_INVALID` for more than 50. */
export function listAggregates(thresholds: readonly Threshold[]): Aggregate[] {
  const aggregates = thresholds
    .filter((threshold) => sourceOf(threshold) === 'aggregate')
    .map(({ metric, selectors }) => createAggregate(selectors, metric));
  const unique = new Map(aggregates.map((aggregate) => [aggregate.id, aggregate]));
  if (unique.size > MAX_AGGREGATES) {
    throw new LoadtsError(
      'THRESHOLD_INVALID',
      `the thresholds have ${unique.size} different selectors with a tag, a class or a goodput`,
      { hint: `use at most ${MAX_AGGREGATES}; selectors without tag and class are not limited` },
    );
  }
  return [...unique.values()];
}

/** Selectors without the stage, which belongs to the second, in an order that does not depend on how they were given. */
function createAggregate(all: readonly Selector[], metric: ThresholdMetric): Aggregate {
  const selectors = all.filter(({ field }) => field !== 'stage').sort((a, b) => (a.field < b.field ? -1 : 1));
  if (metric.kind !== 'goodput') return { id: formatSelectors(selectors), selectors };
  const { conditions } = metric;
  return { id: `goodput${formatSelectors(selectors, metric)}`, selectors, conditions };
}

/** A feed with what it has to be fed. */
interface Intake {
  readonly source: 'entries' | 'streams' | 'aggregate' | 'dropped' | 'exceptions';
  readonly aggregate: Aggregate;
  readonly series: LatencySeries | undefined;
  readonly watches: ThresholdWatch[];
}

/**
 * Judges all thresholds of a run. Feed it what came in for each second, in any order, close each full second of load
 * once its figures are there (the rest is added as it comes), and conclude after the last user has ended.
 */
export class ThresholdJudge {
  readonly #watches: readonly ThresholdWatch[];
  readonly #feeds: readonly (Intake & { readonly feed: ThresholdFeed })[];

  constructor(thresholds: readonly Threshold[], timeline: RunTimeline) {
    this.#watches = thresholds.map((threshold) => new ThresholdWatch(threshold, timeline));
    this.#feeds = groupWatches(this.#watches).map((intake) => {
      return { ...intake, feed: new ThresholdFeed(intake.aggregate.selectors, intake.watches) };
    });
  }

  addEntry(second: number, entry: EntryFigures): void {
    for (const { source, series, feed } of this.#feeds) {
      if (source === 'entries' && feed.matches(entry.key)) feed.add(second, selectFigures(series, entry));
    }
  }

  /** Takes what streams of an entry measured, beside their requests. */
  addStreamTime(second: number, { time, key, latency }: StreamFigures): void {
    for (const { source, series, feed } of this.#feeds) {
      if (source !== 'streams' || series !== time || !feed.matches(key)) continue;
      feed.add(second, {
        ...NO_FIGURES,
        requests: latency.count,
        pieces: latency.count > 0 ? [latency] : [],
      });
    }
  }

  /** Takes what workers have added up for the aggregate `id` of `listAggregates`. */
  addAggregate(second: number, id: string, figures: SampleFigures): void {
    for (const { source, aggregate, series, feed } of this.#feeds) {
      if (source === 'aggregate' && aggregate.id === id) feed.add(second, selectFigures(series, figures));
    }
  }

  addEvents(second: number, { kind, count, key }: EventCount): void {
    for (const { source, feed } of this.#feeds) {
      if (source === kind && feed.matches(key)) feed.add(second, { ...NO_FIGURES, events: count });
    }
  }

  /** Judges up to this second (0 is the run's first) and gives the results that end the run now. */
  closeSecond(second: number): ThresholdResult[] {
    const standing = this.#watches.filter((watch) => watch.failedAtSecond === undefined);
    for (const { feed } of this.#feeds) feed.close(second);
    return standing
      .filter((watch) => watch.failedAtSecond !== undefined && watch.threshold.abort)
      .map((watch) => this.#resultOf(watch));
  }

  /** How things stand, in the order of the thresholds. */
  results(): ThresholdResult[] {
    return this.#watches.map((watch) => this.#resultOf(watch));
  }

  /** The final results. */
  conclude(): ThresholdResult[] {
    for (const { feed } of this.#feeds) feed.finish();
    return this.results();
  }

  #resultOf(watch: ThresholdWatch): ThresholdResult {
    const own = this.#feeds.find(({ watches }) => watches.includes(watch));
    return watch.result(own?.feed.hasMatched ?? false);
  }
}

/** Watches that look at the same figures share them. */
function groupWatches(watches: readonly ThresholdWatch[]): Intake[] {
  const intakes = new Map<string, Intake>();
  for (const watch of watches) {
    const { metric, selectors } = watch.threshold;
    const aggregate = createAggregate(selectors, metric);
    const series = seriesOf(metric);
    const source = sourceOf(watch.threshold);
    const id = [source, series, aggregate.id].join(' ');
    const intake = intakes.get(id) ?? { source, series, aggregate, watches: [] };
    intake.watches.push(watch);
    intakes.set(id, intake);
  }
  return [...intakes.values()];
}

function sourceOf({ metric, selectors }: Threshold): Intake['source'] {
  if (metric.kind === 'dropped' || metric.kind === 'exceptions') return metric.kind;
  if (streamTimeOf(metric)) return 'streams';
  return metric.kind === 'goodput' || needAggregate(selectors) ? 'aggregate' : 'entries';
}
