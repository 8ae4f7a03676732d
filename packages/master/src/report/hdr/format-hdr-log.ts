import { type HistogramJson, histogramFromJson, type RunResult } from '@loadts/core';
import { encodeHdr } from './encode-hdr.ts';

/** The tools print the largest value of a line in another unit than it was recorded in. */
const US_PER_MS = 1_000;

/**
 * The result as a log of HdrHistogram: a line without a tag for each second, of all requests together, and before them
 * one with a tag for each name, over the whole run; without a warm-up that was left out. Recorded values are microseconds.
 */
export function formatHdrLog(result: RunResult): string {
  const { series, entries, startedAt, durationSeconds, skippedSeconds, script } = result;
  const startSeconds = Date.parse(startedAt) / 1_000;
  const tags = tagEntries(entries.map(({ method, name }) => `${method} ${name}`.trim()));
  const tagged = entries.map(({ latency }, i) => ({
    tag: tags[i],
    latency,
    start: skippedSeconds,
    seconds: durationSeconds - skippedSeconds,
  }));
  const spans = series.latency.map((latency, i) => ({
    tag: undefined,
    latency,
    start: i * series.spanSeconds,
    seconds: series.spanSeconds,
  }));
  const lines = [...tagged, ...spans]
    .filter(({ latency, start }) => latency.count > 0 && start >= skippedSeconds)
    .map(formatLine);
  return [
    `#[loadts ${oneLine(result.master.loadts)}: ${oneLine(script)}; values in microseconds, Interval_Max in milliseconds]`,
    '#[Histogram log format version 1.3]',
    `#[BaseTime: ${startSeconds.toFixed(3)} (seconds since epoch)]`,
    `#[StartTime: ${startSeconds.toFixed(3)} (seconds since epoch), ${new Date(startSeconds * 1_000).toISOString()}]`,
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...lines,
    '',
  ].join('\n');
}

interface Line {
  readonly tag: string | undefined;
  readonly latency: HistogramJson;
  /** Since the run's start. */
  readonly start: number;
  readonly seconds: number;
}

function formatLine({ tag, latency, start, seconds }: Line): string {
  const max = (latency.maxUs / US_PER_MS).toFixed(3);
  const cells = [start.toFixed(3), seconds.toFixed(3), max, encodeHdr(histogramFromJson(latency))];
  return `${tag === undefined ? '' : `Tag=${tag},`}${cells.join(',')}`;
}

/** Tags without what the format cannot hold, and each one once, since readers add up what has the same tag. */
function tagEntries(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain = name.replaceAll(/[\s,\p{Cc}]+/gu, '_') || '_';
    let tag = plain;
    for (let number = 2; taken.has(tag); number++) tag = `${plain}~${number}`;
    taken.add(tag);
    return tag;
  });
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}\]]+/gu, ' ');
}
