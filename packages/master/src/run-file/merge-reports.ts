import { basename } from 'node:path';
import type { ArrivalReport, RunFacts, RunReport, RunStart } from '@loadts/core';
import { describeMissingEnd, type RunFileSummary } from './scan-run-file.ts';

/** What the report of several runs begins with. @param shifts what is added to the ids of each run's workers */
export function mergeStarts(runs: readonly RunFileSummary[], shifts: readonly number[]): RunStart {
  const [first] = runs as [RunFileSummary];
  const startedMs = Math.min(...runs.map(({ start }) => Date.parse(start.startedAt)));
  const hosts = [...new Set(runs.map(({ start }) => start.host))];
  return {
    ...first.start,
    id: runs.map(({ start }) => start.id).join('+'),
    host: hosts.length === 1 ? hosts[0] : hosts.map((host) => host ?? "the script's").join(', '),
    startedAt: new Date(startedMs).toISOString(),
    workers: runs.flatMap(({ start }, run) =>
      start.workers.map((worker) => ({ ...worker, id: worker.id + (shifts[run] ?? 0) })),
    ),
  };
}

/** What the seconds of several runs do not tell about all of them. */
export function mergeFacts(runs: readonly RunFileSummary[]): Partial<RunFacts> {
  const durationSeconds = Math.max(...runs.map(({ report, seconds }) => report?.durationSeconds ?? seconds));
  const sum = (read: (report: RunReport) => number): number =>
    runs.reduce((total, { report }) => total + (report ? read(report) : 0), 0);
  const stopReason = tell(runs, ({ report }) => report?.stopReason)[0];
  const arrivals = mergeArrivals(runs.map(({ report }) => report?.arrivals));
  return {
    durationSeconds,
    coverage: {
      workers: runs.reduce((all, run) => all + (run.report?.coverage.workers ?? run.start.workers.length), 0),
      complete: sum(({ coverage }) => coverage.complete),
      gaps: listGaps(runs),
    },
    warnings: [
      `merged from ${runs.length} runs: each second is that since the start of each`,
      ...tell(runs, ({ report }) => report?.warnings),
    ],
    ...(stopReason !== undefined && { stopReason }),
    ...(arrivals && { arrivals }),
  };
}

/** Why a merged run is no pass beside its numbers and thresholds: what made the verdicts of its parts. */
export function mergeReasons(runs: readonly RunFileSummary[]): {
  readonly gaps: string[];
  readonly errors: string[];
  readonly overloads: string[];
} {
  return {
    gaps: listGaps(runs),
    errors: tell(runs, ({ report }) => (report?.verdict.kind === 'fail' ? listErrors(report) : [])),
    overloads: tell(runs, ({ report }) =>
      report?.verdict.kind === 'invalid' ? report.verdict.reasons[0] : undefined,
    ),
  };
}

function listGaps(runs: readonly RunFileSummary[]): string[] {
  return tell(runs, (run) => [describeMissingEnd(run) ?? [], run.report?.coverage.gaps ?? []].flat());
}

/** The reasons that the merged numbers do not give again: what the script did wrong. */
function listErrors({ verdict, thresholds, coverage }: RunReport): string[] {
  const known = [...thresholds.map(({ threshold }) => `${threshold}: `), ...coverage.gaps];
  const isCounted = (reason: string): boolean =>
    /requests failed$|^tasks threw|^no request came/.test(reason) ||
    known.some((beginning) => reason.startsWith(beginning));
  return verdict.reasons.filter((reason) => !isCounted(reason));
}

function mergeArrivals(all: readonly (ArrivalReport | undefined)[]): ArrivalReport | undefined {
  const known = all.filter((arrivals) => arrivals !== undefined);
  const sum = (read: (arrivals: ArrivalReport) => number): number =>
    known.reduce((total, arrivals) => total + read(arrivals), 0);
  // Where one of them is not known, the sum would look like that of all.
  if (known.length < all.length) return undefined;
  return {
    asked: sum(({ asked }) => asked),
    started: sum(({ started }) => started),
    dropped: sum(({ dropped }) => dropped),
    left: sum(({ left }) => left),
    lost: sum(({ lost }) => lost),
    queuedMost: sum(({ queuedMost }) => queuedMost),
    maxUsers: sum(({ maxUsers }) => maxUsers),
  };
}

/** What is said of each run, with the name of its file. */
function tell(
  runs: readonly RunFileSummary[],
  read: (run: RunFileSummary) => string | readonly string[] | undefined,
): string[] {
  return runs.flatMap((run) => [read(run) ?? []].flat().map((text) => `${basename(run.path)}: ${text}`));
}
