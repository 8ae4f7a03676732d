import type { ThresholdResult } from '@loadts/core';

const NAMES = /"(?:[^"\\]|\\.)*"/g;
const STREAM_TIMES = /\b(?:ttfe|gap|tpot)\b/;

/** Those that look at the events of streams, whatever the entries are called. */
export function listStreamThresholds(results: readonly ThresholdResult[]): ThresholdResult[] {
  return results.filter(({ threshold }) => STREAM_TIMES.test(threshold.replaceAll(NAMES, '')));
}
