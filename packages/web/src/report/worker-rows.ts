import type { ReportData, WorkerSeries } from '@loadts/core';

/** One worker over the whole run; 0 where it never said. */
export interface WorkerRow {
  readonly id: number;
  readonly hostname: string;
  readonly pid: number;
  readonly peakUsers: number;
  readonly meanCpu: number;
  readonly peakUtilization: number;
  readonly loopDelayMs: number;
  readonly sendDelayMs: number;
  readonly memoryMb: number;
  /** Seconds in which it said nothing. */
  readonly silentSeconds: number;
}

/** Above this, times may include the worker's own delay. */
export const BUSY = 0.85;

export function listWorkers({ workers, workerSeries }: ReportData): WorkerRow[] {
  const byId = new Map(workerSeries.map((series) => [series.workerId, series]));
  return workers.map(({ id, hostname, pid }) => ({ id, hostname, pid, ...summarize(byId.get(id)) }));
}

type Summary = Omit<WorkerRow, 'id' | 'hostname' | 'pid'>;

const SILENT: Summary = {
  peakUsers: 0,
  meanCpu: 0,
  peakUtilization: 0,
  loopDelayMs: 0,
  sendDelayMs: 0,
  memoryMb: 0,
  silentSeconds: 0,
};

function summarize(series: WorkerSeries | undefined): Summary {
  if (series === undefined) return SILENT;
  const most = (values: readonly (number | null)[]): number =>
    values.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  const known = series.cpu.filter((value) => value !== null);
  return {
    peakUsers: most(series.users),
    meanCpu: known.length > 0 ? known.reduce((total, value) => total + value, 0) / known.length : 0,
    peakUtilization: most(series.utilization),
    loopDelayMs: most(series.loopDelayMs),
    sendDelayMs: most(series.sendDelayMs),
    memoryMb: most(series.memoryMb),
    silentSeconds: countSilent(series.users) * series.spanSeconds,
  };
}

/** Between the first word and the last: nobody says anything before it joined, or of the second that the run ends in. */
function countSilent(users: readonly (number | null)[]): number {
  const begin = users.findIndex((value) => value !== null);
  const isEnd = users.at(-1) === null && users.at(-2) !== null;
  return users.slice(Math.max(0, begin), isEnd ? -1 : undefined).filter((value) => value === null).length;
}

/** Whether a worker was the limit: a reason where there are thresholds, otherwise a warning. */
export function wasGeneratorLimit({ verdict, warnings }: Pick<ReportData, 'verdict' | 'warnings'>): boolean {
  return verdict.kind === 'invalid' || warnings.some((warning) => / was the limit in /.test(warning));
}

/** The workers that are worth a line in a chart: those with the longest delays. */
export function mostDelayed(series: readonly WorkerSeries[], most: number): WorkerSeries[] {
  const worst = ({ loopDelayMs }: WorkerSeries): number =>
    loopDelayMs.reduce<number>((max, value) => Math.max(max, value ?? 0), 0);
  return series
    .toSorted((a, b) => worst(b) - worst(a))
    .slice(0, most)
    .sort((a, b) => a.workerId - b.workerId);
}
