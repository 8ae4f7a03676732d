import {
  type Aggregate,
  aggregateKey,
  isGood,
  matchesSelectors,
  type RequestEvent,
  type RequestTimes,
} from '@loadts/core';
import type { EntryRecorder } from './entry-recorder.ts';
import type { Recorder } from './recorder.ts';

export interface AggregateTarget {
  readonly recorder: Recorder;
  readonly runStartUs: number;
  /** Names by user class, where the script names its scenarios. */
  readonly scenarios: ReadonlyMap<string, string>;
}

/** Combinations of name, class and tags remembered. */
const MAX_KNOWN = 2_000;

/**
 * Adds every request up in the aggregates that it belongs to: what thresholds with a tag or a class look at. Only for
 * runs with such thresholds, since it takes an event for each request.
 */
export function createAggregateListener(
  aggregates: readonly Aggregate[],
  { recorder, runStartUs, scenarios }: AggregateTarget,
): ((event: RequestEvent) => void) | undefined {
  if (aggregates.length === 0) return undefined;
  const entries = aggregates.map(({ id, selectors, conditions }) => ({
    selectors,
    conditions,
    entry: recorder.aggregate(aggregateKey(id)),
  }));
  const known = new Map<string, typeof entries>();
  const find = ({ method, name, userClass, tags }: RequestEvent): typeof entries => {
    const id = [method, userClass, tags.join(), name].join('\n');
    let found = known.get(id);
    if (!found) {
      const key = { method, name, scenario: scenarios.get(userClass), class: userClass, tags };
      found = entries.filter(({ selectors }) => matchesSelectors(selectors, key));
      // A script that makes up ever new names must not fill the memory.
      if (known.size >= MAX_KNOWN) known.clear();
      known.set(id, found);
    }
    return found;
  };
  return (event) => {
    for (const { entry, conditions } of find(event)) {
      const isBad = event.outcome === 'ok' && conditions && !isGood(conditions, timesOf(event));
      record(recorder, entry, isBad ? { ...event, outcome: 'checkFailed' } : event, runStartUs);
    }
  };
}

/** It counts as started where it ended: only its times and its outcome matter here. */
function record(recorder: Recorder, entry: EntryRecorder, event: RequestEvent, runStartUs: number): void {
  const { outcome, durationMs, serviceMs, ttfbMs, startedAtMs, bytesReceived } = event;
  const durationUs = Math.round(durationMs * 1_000);
  const endUs = runStartUs + Math.round(startedAtMs * 1_000) + durationUs;
  recorder.started(entry, endUs);
  const serviceUs = serviceMs === undefined ? undefined : Math.round(serviceMs * 1_000);
  const isWanted = recorder.wantsTtfb && ttfbMs !== undefined;
  const ttfbUs = isWanted ? Math.round(ttfbMs * 1_000) : undefined;
  recorder.record({ entry, outcome, durationUs, serviceUs, ttfbUs, endUs, bytesReceived, retried: false });
}

function timesOf({ durationMs, ttfbMs, response, stream }: RequestEvent): RequestTimes {
  return {
    response: durationMs,
    ttfb: ttfbMs ?? response?.timings.firstByteMs,
    ttfe: stream?.firstEventMs,
    gaps: stream?.gapsMs,
    tpot: stream?.perEventMs,
  };
}
