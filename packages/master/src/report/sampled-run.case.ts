import {
  createCounts,
  type EntryKey,
  IntervalHistogram,
  RunRecording,
  type RunResult,
  type SecondDelta,
} from '@loadts/core';
import { sampleResult } from './sample-result.case.ts';

/** What one entry did in one second. Times in milliseconds; the first `failures` of them failed. */
export interface SampledSecond {
  readonly second: number;
  readonly key: EntryKey;
  readonly timesMs: readonly number[];
  readonly failures?: number;
  readonly reason?: string;
}

/** Names that no report may trip over. */
export const HOSTILE_NAMES: readonly string[] = [
  '=cmd()',
  'a "quoted" \'name\'',
  'two\nlines\tand a tab',
  '</script><!-- ]]> & <b>',
  'ünïcode 名前 🎉',
  'control \u0000\u0007\u001b[31m',
  'a | pipe, a % percent :: and `ticks`',
];

/** Some seconds of some names, with failures. */
export function sampledRun(seconds: number, names: readonly string[], slowness = 1): SampledSecond[] {
  return Array.from({ length: seconds }, (_, second) =>
    names.map(
      (name, i): SampledSecond => ({
        second,
        key: { method: i % 2 === 0 ? 'GET' : 'POST', name },
        timesMs: Array.from({ length: 3 + ((second + i) % 4) }, (__, n) => slowness * (5 + 7 * i + 3 * n)),
        failures: (second + i) % 3 === 0 ? 1 : 0,
        reason: `HTTP 500 at ${name}`,
      }),
    ),
  ).flat();
}

/** A passed run without thresholds, whose numbers follow from what was sampled. */
export function resultOf(sampled: readonly SampledSecond[], fields: Partial<RunResult> = {}): RunResult {
  const seconds = Math.max(0, ...sampled.map(({ second }) => second + 1));
  const { startedAt, ...start } = sampleResult({ seconds: 0 });
  const recording = new RunRecording({
    ...start,
    startedAt,
    script: 'load.ts',
    host: 'http://127.0.0.1:8000',
    thresholdTexts: [],
  });
  for (let second = 0; second < seconds; second++) {
    const delta = deltaOf(
      second,
      sampled.filter((sample) => sample.second === second),
    );
    recording.add({ type: 'interval', delta });
  }
  const result = recording.result({
    durationSeconds: seconds,
    peakUsers: 10,
    thresholds: [],
    coverage: { workers: 2, complete: 2, gaps: [] },
    warnings: [],
    verdict: { kind: 'pass', reasons: [] },
  });
  return { ...result, ...fields };
}

function deltaOf(second: number, sampled: readonly SampledSecond[]): SecondDelta {
  return {
    second,
    users: 10,
    entries: sampled.map(({ key, timesMs, failures = 0 }) => {
      const histogram = new IntervalHistogram();
      for (const ms of timesMs) histogram.record(Math.round(ms * 1_000));
      const started = timesMs.length;
      const counts = { started, ok: started - failures, httpError: failures, bytesReceived: 100 * started };
      return { key, counts: { ...createCounts(), ...counts }, latency: histogram.take() };
    }),
    aggregates: [],
    failures: sampled.flatMap(({ key, failures = 0, reason = 'HTTP 500' }) =>
      failures > 0 ? [{ key, reason, count: failures }] : [],
    ),
    exceptions: [],
    generatorDelay: new IntervalHistogram().take(),
    countedFrom: 0,
    late: false,
  };
}
