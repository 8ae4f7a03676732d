import { type RunState, reportEntry } from '@loadts/core';
import type { LiveState } from '../report/live-view.ts';
import type { Collector } from '../statistics/collector.ts';
import type { WorkerLink } from '../worker/worker-link.ts';
import type { RunSettings } from './run-settings.ts';

export interface LiveFacts {
  readonly state: RunState;
  readonly settings: RunSettings;
  readonly collector: Collector;
  readonly elapsedSeconds: number;
  /** Those that are there. */
  readonly workers: readonly WorkerLink[];
  readonly expectedWorkers: number;
  readonly targetUsers: number;
  readonly isPaused: boolean;
}

const RECENT_SECONDS = 10;

/** What a live view shows of a run. */
export function describeLive(facts: LiveFacts): LiveState {
  const { state, settings, collector, elapsedSeconds, workers, targetUsers, isPaused } = facts;
  const { statistics, history } = collector;
  const arrivals = collector.recentArrivals.describe(elapsedSeconds);
  const recent = history.recentRates(elapsedSeconds, RECENT_SECONDS);
  const countedSeconds = elapsedSeconds - collector.countedFrom;
  return {
    state,
    isPaused,
    elapsedSeconds,
    runTimeSeconds: settings.runTimeMs === undefined ? undefined : settings.runTimeMs / 1_000,
    users: workers.reduce((users, link) => users + link.users, 0),
    targetUsers,
    workers: { connected: workers.length, expected: facts.expectedWorkers },
    total: reportEntry(statistics.total, countedSeconds),
    entries: statistics.entries.map((entry) => reportEntry(entry, countedSeconds)),
    recent: { requestsPerSecond: recent.requests, failuresPerSecond: recent.failures },
    ...(arrivals && { arrivals }),
    failureKinds: statistics.failures.length,
  };
}
