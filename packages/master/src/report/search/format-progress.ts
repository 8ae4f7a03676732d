import type { SearchBy, SearchProgress } from '@loadts/core';
import { formatDuration, formatMs, formatRate } from '../format-number.ts';
import { formatLoad } from './describe-search.ts';

/** Where a search stands now. */
export interface SearchView {
  readonly by: SearchBy;
  readonly from: number;
  readonly elapsedSeconds: number;
  readonly isStopping: boolean;
  readonly progress: SearchProgress;
}

/** What the search is doing, in one line, for those who wait. */
export function formatSearchProgress(view: SearchView): string {
  return `${formatDuration(Math.floor(view.elapsedSeconds)).padStart(6)}  ${describePhase(view)}`;
}

function describePhase({ by, from, isStopping, progress }: SearchView): string {
  const { phase, level, soFar, levelSeconds } = progress;
  const load = formatLoad(level, by);
  if (isStopping) return 'ending the load';
  if (phase === 'recover') {
    return `${load} is next, once the target has worked off what was too much, at ${formatLoad(from, by)}`;
  }
  if (!soFar) return `${load}  settling`;
  const { seconds, requestsPerSecond, p95Ms } = soFar;
  const times = p95Ms === null ? '' : `, p95 ${formatMs(p95Ms)} ms`;
  return `${load}  measured ${seconds} of ${levelSeconds} s: ${formatRate(requestsPerSecond)} req/s${times}`;
}
