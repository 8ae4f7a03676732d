/** How a request ended: each one ends in exactly one of these. */
export const OUTCOMES = ['ok', 'httpError', 'checkFailed', 'timeout', 'connectionError', 'aborted'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/** Requests of one entry by how they ended, and those that began. All are whole numbers and only ever added up. */
export interface EntryCounts {
  started: number;
  ok: number;
  httpError: number;
  checkFailed: number;
  timeout: number;
  connectionError: number;
  aborted: number;
  /** Silent second attempts on a connection that had been closed while idle. */
  retried: number;
  bytesReceived: number;
}

export const COUNT_FIELDS: readonly (keyof EntryCounts)[] = [
  'started',
  ...OUTCOMES,
  'retried',
  'bytesReceived',
];

export function createCounts(): EntryCounts {
  return {
    started: 0,
    ok: 0,
    httpError: 0,
    checkFailed: 0,
    timeout: 0,
    connectionError: 0,
    aborted: 0,
    retried: 0,
    bytesReceived: 0,
  };
}

export function addCounts(into: EntryCounts, from: Readonly<EntryCounts>): void {
  for (const field of COUNT_FIELDS) into[field] += from[field];
}

/** Requests that ended, those aborted at the end of the run included. */
export function countEnded(counts: Readonly<EntryCounts>): number {
  return OUTCOMES.reduce((total, outcome) => total + counts[outcome], 0);
}

/** Requests that the report counts: all that ended by themselves. */
export function countRequests(counts: Readonly<EntryCounts>): number {
  return countEnded(counts) - counts.aborted;
}

export function countFailures(counts: Readonly<EntryCounts>): number {
  return counts.httpError + counts.checkFailed + counts.timeout + counts.connectionError;
}

/** Whether an outcome's time belongs into the latency histogram. */
export function hasLatency(outcome: Outcome): boolean {
  return outcome !== 'connectionError' && outcome !== 'aborted';
}
