import type { LevelMeasurement, SearchResult } from '@loadts/core';

/** A level that held, at so many requests a second. */
export function sampleLevel(at: number, fields: Partial<LevelMeasurement> = {}): LevelMeasurement {
  const times = { p50Ms: 50, p95Ms: 60, p99Ms: 70 };
  const base = { outcome: 'held' as const, reason: undefined, isClear: false, seconds: 10, errors: 0 };
  return { level: at, ...base, requestsPerSecond: at, ...times, ...fields };
}

export const MISSED: Partial<LevelMeasurement> = {
  outcome: 'missed',
  reason: 'p95 was 400 ms instead of < 300ms',
  p95Ms: 400,
};

/** A search by rate that found 160 a second. */
export function sampleSearch(fields: Partial<SearchResult> = {}): SearchResult {
  return {
    format: 'loadts-search',
    version: 1,
    script: 'load.ts',
    host: 'http://127.0.0.1:8000',
    startedAt: '2026-11-21T14:03:22.518Z',
    by: 'rate',
    objectives: ['p95 < 300ms'],
    from: 40,
    to: 1_000,
    end: 'found',
    ceiling: 160,
    failsAt: 168,
    knee: 160,
    levels: [
      sampleLevel(80),
      sampleLevel(160),
      sampleLevel(320, MISSED),
      sampleLevel(168, MISSED),
      sampleLevel(160),
    ],
    overloads: [],
    ...fields,
  };
}
