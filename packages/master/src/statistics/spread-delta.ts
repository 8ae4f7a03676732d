import {
  COUNT_FIELDS,
  createCounts,
  EMPTY_HISTOGRAM,
  type EntryDelta,
  type SparseHistogram,
} from '@loadts/core';
import type { Delta } from './worker-intake.ts';

/**
 * A delta of several seconds as one for each of them. Nobody knows any more what belongs to which: each gets the same
 * share of every count and every bucket, in whole numbers, and together they are exactly what came.
 */
export function spreadDelta(delta: Delta): Delta[] {
  const { interval, lastInterval, arrivals } = delta;
  const seconds = lastInterval - interval + 1;
  if (seconds === 1) return [delta];
  const spread = (entries: readonly EntryDelta[], place: number): EntryDelta[] =>
    // Each entry begins with another second, so that what is left over does not all go to the first.
    entries.map((entry, i) => shareOfEntry(entry, (place + i) % seconds, seconds));
  return Array.from({ length: seconds }, (_, place) => ({
    ...delta,
    interval: interval + place,
    lastInterval: interval + place,
    entries: spread(delta.entries, place),
    aggregates: spread(delta.aggregates, place),
    generatorDelay: shareOfHistogram(delta.generatorDelay, place, seconds),
    failures: shareOfKinds(delta.failures, place, seconds),
    exceptions: shareOfKinds(delta.exceptions, place, seconds),
    arrivals: arrivals.map(({ asked, started, dropped, left, ...record }) => ({
      ...record,
      asked: shareOf(asked, place, seconds),
      started: shareOf(started, place, seconds),
      dropped: shareOf(dropped, place, seconds),
      left: shareOf(left, place, seconds),
    })),
  }));
}

/** Of so many things in order, every `of`th belongs to one place. */
function shareOf(count: number, place: number, of: number): number {
  return Math.floor((count + of - 1 - place) / of);
}

function shareOfKinds<Kind extends { readonly count: number }>(
  kinds: readonly Kind[],
  place: number,
  of: number,
): Kind[] {
  const shares = kinds.map((kind) => ({ ...kind, count: shareOf(kind.count, place, of) }));
  return shares.filter(({ count }) => count > 0);
}

function shareOfEntry(entry: EntryDelta, place: number, of: number): EntryDelta {
  const { key, counts, latency, service, ttfb } = entry;
  const shared = createCounts();
  for (const field of COUNT_FIELDS) shared[field] = shareOf(counts[field], place, of);
  const share = (histogram: SparseHistogram): SparseHistogram => shareOfHistogram(histogram, place, of);
  return {
    key,
    counts: shared,
    latency: share(latency),
    ...(service && { service: share(service) }),
    ...(ttfb && { ttfb: share(ttfb) }),
  };
}

/** Of all times in ascending order every `of`th, so that each share is spread as the whole is. */
function shareOfHistogram(histogram: SparseHistogram, place: number, of: number): SparseHistogram {
  const { count: all, sumUs } = histogram;
  const own = shareOf(all, place, of);
  if (own === 0) return EMPTY_HISTOGRAM;
  /** The times of the places before. */
  const before = Math.floor(all / of) * place + Math.min(place, all % of);
  const indexes: number[] = [];
  const counts: number[] = [];
  let seen = 0;
  histogram.indexes.forEach((index, i) => {
    const sharedBefore = shareOf(seen, place, of);
    seen += histogram.counts[i] as number;
    const count = shareOf(seen, place, of) - sharedBefore;
    if (count === 0) return;
    indexes.push(index);
    counts.push(count);
  });
  return {
    ...histogram,
    count: own,
    sumUs: Math.floor(sumUs * ((before + own) / all)) - Math.floor(sumUs * (before / all)),
    indexes: Uint16Array.from(indexes),
    counts: Uint32Array.from(counts),
  };
}
