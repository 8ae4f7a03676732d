import { histogramFromJson, histogramToJson, REPORT_PERCENTILES, type RunResult } from '@loadts/core';
import { decodeFromCompressedBase64, type Histogram, HistogramLogReader } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES, resultOf, sampledRun } from '../sampled-run.case.ts';
import { encodeHdr } from './encode-hdr.ts';
import { formatHdrLog } from './format-hdr-log.ts';

/** What the reader calls a line without a tag. */
const UNTAGGED = 'NO TAG';

function readLog(result: RunResult): Histogram[] {
  const reader = new HistogramLogReader(formatHdrLog(result));
  const histograms: Histogram[] = [];
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
    histograms.push(next);
  }
  return histograms;
}

function sumOf(histograms: readonly Histogram[]): Histogram {
  const [first, ...others] = histograms as [Histogram, ...Histogram[]];
  for (const other of others) first.add(other);
  return first;
}

const result = resultOf(sampledRun(12, HOSTILE_NAMES));

describe('the HDR log', () => {
  it('gives a standard reader every second, and their sum the percentiles of the report', () => {
    const seconds = readLog(result).filter(({ tag }) => tag === UNTAGGED);
    expect(seconds).toHaveLength(12);
    const sum = sumOf(seconds);
    expect(sum.totalCount).toBe(result.total.measured);
    for (const [i, percentile] of REPORT_PERCENTILES.entries()) {
      // A log knows the buckets, 3 digits, and not the exact extremes.
      const ratio = sum.getValueAtPercentile(percentile) / 1_000 / (result.total.percentilesMs[i] as number);
      expect(Math.abs(ratio - 1)).toBeLessThan(0.001);
    }
  });

  it('says when each second began and how long it lasted', () => {
    const started = Date.parse(result.startedAt);
    const [first, second] = readLog(result).filter(({ tag }) => tag === UNTAGGED) as [Histogram, Histogram];
    expect(first.startTimeStampMsec).toBeCloseTo(started, 0);
    expect(second.startTimeStampMsec - first.startTimeStampMsec).toBeCloseTo(1_000, 0);
    expect(first.endTimeStampMsec - first.startTimeStampMsec).toBeCloseTo(1_000, 0);
  });

  it('has a tag for each entry, whatever its name', () => {
    const tagged = readLog(result).filter(({ tag }) => tag !== UNTAGGED);
    expect(tagged.map(({ totalCount }) => totalCount)).toEqual(
      result.entries.map(({ measured }) => measured),
    );
    expect(new Set(tagged.map(({ tag }) => tag)).size).toBe(HOSTILE_NAMES.length);
    for (const { tag } of tagged) expect(tag).not.toMatch(/[\s,]/);
  });

  it('tells names apart that look alike without their blanks', () => {
    const alike = resultOf(sampledRun(1, ['a b', 'x', 'a,b']));
    const tags = readLog(alike).flatMap(({ tag }) => (tag === UNTAGGED ? [] : tag));
    expect(tags).toEqual(['GET_a_b', 'GET_a_b~2', 'POST_x']);
  });

  it('leaves out a warm-up that no number holds', () => {
    const warm = resultOf(sampledRun(5, ['/a']), { skippedSeconds: 2 });
    const starts = readLog(warm).map(({ startTimeStampMsec }) => startTimeStampMsec);
    expect(starts).toHaveLength(1 + 3);
    expect(Math.min(...starts)).toBeCloseTo(Date.parse(warm.startedAt) + 2_000, 0);
  });

  it('is a log without lines where nothing was measured', () => {
    expect(readLog(resultOf([]))).toEqual([]);
  });
});

describe('encodeHdr', () => {
  it('keeps every count, the largest and those of the first and last bucket too', () => {
    const buckets = [0, 1, 5, 4_000_000_000, 2_000, 300, 20_000, 7];
    const count = 4_000_000_308;
    const histogram = histogramFromJson({ count, sumUs: 0, minUs: 0, maxUs: 3_600_000_000, buckets });
    const decoded = decodeFromCompressedBase64(encodeHdr(histogram), 64, false);
    expect(decoded.totalCount).toBe(count);
    const { buckets: again } = histogramToJson(histogram);
    expect(again).toEqual(buckets);
    const { getCountAtIndex } = decoded as unknown as { getCountAtIndex(index: number): number };
    const counts = [0, 5, 2_005, 22_005].map((index) => getCountAtIndex.call(decoded, index));
    expect(counts).toEqual([1, 4_000_000_000, 300, 7]);
  });
});
