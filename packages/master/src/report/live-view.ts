import { type EntryReport, REPORT_PERCENTILES, type RunState } from '@loadts/core';
import { formatCount, formatDuration, formatMs, formatPercent, formatRate } from './format-number.ts';
import { isWeakPercentile } from './percentile-table.ts';
import { shorten } from './printable-text.ts';
import { statisticsTable } from './statistics-table.ts';
import { paint, type ReportStyle } from './style.ts';
import { formatTable } from './text-table.ts';

/** Where a run stands now. `total` and `entries` are of the whole run so far, their rates too. */
export interface LiveState {
  readonly state: RunState;
  /** No iteration begins until somebody resumes the run. */
  readonly isPaused?: boolean;
  readonly elapsedSeconds: number;
  /** Undefined where the run goes on until it is stopped. */
  readonly runTimeSeconds: number | undefined;
  readonly users: number;
  readonly targetUsers: number;
  readonly workers: { readonly connected: number; readonly expected: number };
  readonly total: EntryReport;
  readonly entries: readonly EntryReport[];
  /** Rates over the last seconds. */
  readonly recent: { readonly requestsPerSecond: number; readonly failuresPerSecond: number };
  /** Of open scenarios; rates over the last seconds. */
  readonly arrivals?: {
    readonly askedPerSecond: number;
    readonly startedPerSecond: number;
    /** In all. */
    readonly dropped: number;
  };
  /** Kinds of failure, each with its own reason. */
  readonly failureKinds: number;
}

export interface LiveStyle extends ReportStyle {
  /** Lines that may be used. */
  readonly height: number;
}

// Two lines of progress, an empty one, the header and its rule, the rule and the row of the total.
const FIXED_LINES = 7;
const MAX_BAR_WIDTH = 40;
const LIVE_PERCENTILES = [50, 95, 99] as const;

/** Progress and the statistics so far in at most `style.height` lines, for a terminal that redraws them. */
export function formatLiveTable(live: LiveState, style: LiveStyle): string {
  const progress = [formatProgress(live, style), formatRates(live, style)];
  const room = style.height - FIXED_LINES;
  if (live.total.requests === 0 || room < 1) return progress.slice(0, style.height).join('\n');
  const entries = fitEntries(live.entries, room);
  const { lines } = formatTable(statisticsTable(entries, live.total), style);
  const left = live.entries.length - entries.length;
  const rest = left > 0 ? [`… ${left} more ${left === 1 ? 'entry' : 'entries'}`] : [];
  return [...progress, '', ...lines.slice(0, -2), ...rest, ...lines.slice(-2)].join('\n');
}

/** The same in one line, for a pipe or a log. */
export function formatLiveLine(live: LiveState): string {
  const elapsed = formatElapsed(live).padStart(6);
  if (isWaiting(live)) return `${elapsed}  ${formatWaiting(live)}`;
  const { total, workers, recent } = live;
  return [
    elapsed,
    showState(live).padEnd(8),
    formatUsers(live).padStart(11),
    ...(workers.connected === workers.expected ? [] : [formatWorkers(live)]),
    `${total.requests} reqs`.padStart(11),
    `${formatRate(recent.requestsPerSecond)}/s`.padStart(8),
    ...formatStarts(live),
    `${total.failures} failed (${formatPercent(total.failures, total.requests)})`.padEnd(17),
    formatTimes(total, 'ms', ' '),
  ]
    .join('  ')
    .trimEnd();
}

function formatProgress(live: LiveState, style: LiveStyle): string {
  if (isWaiting(live)) return shorten(formatWaiting(live), style.width);
  const { runTimeSeconds, elapsedSeconds } = live;
  const state = showState(live);
  const time = runTimeSeconds === undefined ? '' : ` of ${formatDuration(runTimeSeconds)}`;
  const facts = fitParts(
    [formatElapsed(live) + time, formatUsers(live), formatWorkers(live)],
    '   ',
    style.width - 10,
  );
  const head = paint(style, state === 'running' ? 'green' : 'yellow', state.padEnd(8));
  const barWidth = Math.min(MAX_BAR_WIDTH, style.width - facts.length - 12);
  if (runTimeSeconds === undefined || runTimeSeconds <= 0 || barWidth < 8) return `${head}  ${facts}`;
  const done = Math.round(barWidth * Math.min(1, elapsedSeconds / runTimeSeconds));
  return `${head}  ${'█'.repeat(done)}${paint(style, 'dim', '░'.repeat(barWidth - done))}  ${facts}`;
}

function formatRates(live: LiveState, style: LiveStyle): string {
  const { total, recent, failureKinds } = live;
  if (total.requests === 0) return 'no request yet';
  const parts = [
    `now ${formatRate(recent.requestsPerSecond)} req/s`,
    `${formatRate(recent.failuresPerSecond)} fails/s`,
    ...formatStarts(live),
    formatTimes(total, ' ms', '   '),
    failureKinds > 0 ? formatCount(failureKinds, 'kind of failure', 'kinds of failure') : '',
  ];
  return fitParts(
    parts.filter((part) => part !== ''),
    '   ',
    style.width,
  );
}

/** Iterations started, against those that the rate asked for. */
function formatStarts({ arrivals }: LiveState): string[] {
  if (!arrivals) return [];
  const { startedPerSecond, askedPerSecond, dropped } = arrivals;
  const starts = `${formatRate(startedPerSecond)} of ${formatRate(askedPerSecond)} starts/s`;
  return dropped > 0 ? [starts, `${dropped} dropped`] : [starts];
}

function showState({ state, isPaused }: LiveState): string {
  return isPaused && state !== 'stopping' && state !== 'stopped' ? 'paused' : state;
}

function isWaiting({ state, workers }: LiveState): boolean {
  return state === 'ready' && workers.connected < workers.expected;
}

function formatWaiting({ workers }: LiveState): string {
  return `waiting for workers, ${workers.connected} of ${workers.expected} connected`;
}

function formatElapsed(live: LiveState): string {
  return formatDuration(Math.floor(live.elapsedSeconds));
}

function formatUsers(live: LiveState): string {
  return `${live.users}/${live.targetUsers} users`;
}

function formatWorkers({ workers }: LiveState): string {
  return `${workers.connected}/${workers.expected} workers`;
}

/** Only percentiles that there are enough requests for. */
function formatTimes(total: EntryReport, unit: string, gap: string): string {
  return LIVE_PERCENTILES.filter((percentile) => !isWeakPercentile(total, percentile))
    .map((percentile) => {
      const ms = total.percentilesMs[REPORT_PERCENTILES.indexOf(percentile)] as number;
      return `p${percentile} ${formatMs(ms)}${unit}`;
    })
    .join(gap);
}

/** As many parts as fit. */
function fitParts(parts: readonly string[], gap: string, width: number): string {
  return parts.reduce((line, part) => {
    const longer = line === '' ? part : line + gap + part;
    return line === '' || longer.length <= width ? longer : line;
  }, '');
}

/** All entries, or the most requested ones with a line left to say how many there are besides. */
function fitEntries(entries: readonly EntryReport[], room: number): readonly EntryReport[] {
  if (entries.length <= room) return entries;
  return entries.toSorted((a, b) => b.requests - a.requests).slice(0, room - 1);
}
