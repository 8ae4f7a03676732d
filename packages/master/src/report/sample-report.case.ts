import { type EntryReport, REPORT_PERCENTILES, type RunReport } from '@loadts/core';
import type { LiveState } from './live-view.ts';

/** An entry with plausible numbers: its times are multiples of `medianMs`. */
export function sampleEntry(fields: Partial<EntryReport> = {}): EntryReport {
  const { requests = 20_000, failures = 0, medianMs = 4.21 } = fields;
  const stretch = [1, 1.22, 1.43, 1.61, 2.2, 2.9, 4.1, 5.3, 12.7, 31.4, 48.9];
  return {
    method: 'GET',
    name: '/hello',
    requests,
    failures,
    averageMs: medianMs * 1.17,
    minMs: medianMs * 0.31,
    maxMs: medianMs * 48.9,
    medianMs,
    percentilesMs: REPORT_PERCENTILES.map((_, i) => medianMs * (stretch[i] as number)),
    measured: requests,
    averageBytes: 330,
    requestsPerSecond: requests / 90,
    failuresPerSecond: failures / 90,
    ...fields,
  };
}

/** A passed run of one and a half minutes. */
export function sampleReport(fields: Partial<RunReport> = {}): RunReport {
  return {
    script: 'load.ts',
    host: 'http://127.0.0.1:8080',
    startedAt: '2026-11-21T14:03:22.518Z',
    durationSeconds: 90.2,
    seed: 42,
    peakUsers: 50,
    skippedSeconds: 0,
    thresholds: [],
    total: sampleEntry({ method: '', name: 'Aggregated' }),
    entries: [sampleEntry()],
    failures: [],
    exceptions: [],
    aborted: 0,
    retried: 0,
    generatorDelayP99Ms: 0.8,
    coverage: { workers: 3, complete: 3, gaps: [] },
    warnings: [],
    verdict: { kind: 'pass', reasons: [] },
    ...fields,
  };
}

/** Half way through that run. */
export function sampleLive(fields: Partial<LiveState> = {}): LiveState {
  return {
    state: 'running',
    elapsedSeconds: 45.01,
    runTimeSeconds: 90,
    users: 50,
    targetUsers: 50,
    workers: { connected: 3, expected: 3 },
    total: sampleEntry({ method: '', name: 'Aggregated', requests: 1_523 }),
    entries: [sampleEntry({ requests: 1_523 })],
    recent: { requestsPerSecond: 381.2, failuresPerSecond: 0 },
    failureKinds: 0,
    ...fields,
  };
}
