import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { REPORT_PERCENTILES, type RunResult } from '@loadts/core';
import { readResult, writeResult } from '@loadts/protocol';
import { parse as parseCsv } from 'csv-parse/sync';
import { type Histogram, HistogramLogReader } from 'hdr-histogram-js';
import { describe, expect, it } from 'vitest';
import { encodeOtlp } from '../telemetry/encode-otlp.ts';
import { formatMetrics } from '../telemetry/format-metrics.ts';
import { listMetrics, type MetricsState } from '../telemetry/list-metrics.ts';
import { CsvFiles } from './csv/csv-files.ts';
import { formatSummary } from './format-summary.ts';
import { formatHdrLog } from './hdr/format-hdr-log.ts';
import { createHtmlReport } from './html/create-html-report.ts';
import { formatJUnit } from './junit/format-junit.ts';
import { parseXml } from './junit/parse-xml.case.ts';
import { formatStepSummary } from './markdown/format-step-summary.ts';
import { sampleResult } from './sample-result.case.ts';
import { HOSTILE_NAMES, resultOf, type SampledSecond, sampledRun } from './sampled-run.case.ts';

const one: SampledSecond = { second: 0, key: { method: 'GET', name: '/a' }, timesMs: [12.345] };
const names = (count: number): string[] => Array.from({ length: count }, (_, i) => `/page/${i}`);

/** Ten runs as different as runs can be. */
const RUNS: Readonly<Record<string, RunResult>> = {
  'an ordinary one': sampleResult(),
  'an open one': sampleResult({ isOpen: true }),
  'one with hostile names and messages': sampleResult({ isHostile: true }),
  'one with other hostile names': resultOf(sampledRun(10, HOSTILE_NAMES)),
  'one without a request': resultOf([]),
  'one with one request': resultOf([one]),
  'one in which all requests failed': resultOf([{ ...one, timesMs: [1, 2, 3], failures: 3 }]),
  'one that a threshold ended': sampleResult({
    seconds: 7,
    fields: {
      stopReason: 'p95 < 1ms failed: the run was ended',
      verdict: { kind: 'fail', reasons: ['p95 < 1ms'] },
    },
  }),
  'one that lost a worker': sampleResult({
    fields: { verdict: { kind: 'incomplete', reasons: ['worker 2: nothing collected from second 12 on'] } },
  }),
  'one with a thousand names': resultOf(sampledRun(2, names(1_000))),
};

/** What every output has to say alike. */
interface Totals {
  readonly requests?: number;
  readonly failures?: number;
  /** p50, p95, p99 in milliseconds; none where nothing was measured. */
  readonly percentiles?: readonly number[];
}

const at = (percentile: (typeof REPORT_PERCENTILES)[number]): number =>
  REPORT_PERCENTILES.indexOf(percentile);

function truth({ total }: Pick<RunResult, 'total'>): Required<Totals> {
  const { requests, failures, measured, percentilesMs } = total;
  const percentiles = measured === 0 ? [] : [50, 95, 99].map((p) => percentilesMs[at(p as 50)] as number);
  return { requests, failures, percentiles };
}

function readTerminal(result: RunResult, width: number): Totals {
  const text = formatSummary(result, { width, color: false });
  const [, counts, times] = /Aggregated +(\d+ +\d+) [^]*Aggregated +([^\n]*)/.exec(text) ?? [];
  if (!counts) return { requests: /No request/.test(text) ? 0 : Number.NaN, failures: 0, percentiles: [] };
  const [requests, failures] = counts.split(/ +/).map(Number);
  const columns: readonly string[] =
    /Response time percentiles[^\n]*\n([^\n]*)/.exec(text)?.[1]?.match(/\S+%/g) ?? [];
  const values = (times ?? '').split(/ +/).map((value) => Number.parseFloat(value));
  const percentiles = ['50%', '95%', '99%'].map((title) => values[columns.indexOf(title)] as number);
  return { requests: Number(requests), failures: Number(failures), percentiles };
}

function readCsv(result: RunResult): Totals {
  const folder = mkdtempSync(join(tmpdir(), 'loadts-agreement-'));
  const files = new CsvFiles({ prefix: join(folder, 'run'), fullHistory: false, onProblem: () => {} });
  files.finish(result);
  const rows: Record<string, string>[] = parseCsv(readFileSync(join(folder, 'run_stats.csv')), {
    columns: true,
  });
  rmSync(folder, { recursive: true });
  const last = rows.at(-1) ?? {};
  const percentiles = ['50%', '95%', '99%'].map((title) => Number(last[title]));
  return {
    requests: Number(last['Request Count']),
    failures: Number(last['Failure Count']),
    percentiles: percentiles.some(Number.isNaN) ? [] : percentiles,
  };
}

function readJUnit(result: RunResult): Totals {
  const properties = parseXml(formatJUnit(result)).children[0]?.children[0]?.children ?? [];
  const value = (name: string): number =>
    Number(properties.find(({ attributes }) => attributes['name'] === name)?.attributes['value']);
  return { requests: value('requests'), failures: value('failures') };
}

function readHdrLog(result: RunResult): Totals {
  const reader = new HistogramLogReader(formatHdrLog(result));
  let sum: Histogram | undefined;
  for (let next = reader.nextIntervalHistogram(); next !== null; next = reader.nextIntervalHistogram()) {
    if (next.tag !== 'NO TAG') continue;
    if (sum) sum.add(next);
    else sum = next;
  }
  const whole = sum;
  return { percentiles: whole ? [50, 95, 99].map((p) => whole.getValueAtPercentile(p) / 1_000) : [] };
}

function readStepSummary(result: RunResult): Totals {
  const row = /\| \*\*all\*\* \|(.*)\|/.exec(formatStepSummary(result))?.[1]?.split('|') ?? ['0', '0'];
  const [requests, failures, , , p50, p95, p99] = row.map((cell) => Number.parseFloat(cell));
  const percentiles = p50 === undefined ? [] : [p50, Number(p95), Number(p99)];
  return { requests: Number(requests), failures: Number(failures), percentiles };
}

function metricsState({ total, entries, durationSeconds }: RunResult): MetricsState {
  return {
    state: 'stopped',
    elapsedSeconds: durationSeconds,
    users: 0,
    targetUsers: 0,
    workers: { connected: 2, expected: 2 },
    total,
    entries,
    recent: { requestsPerSecond: 0, failuresPerSecond: 0 },
  };
}

function readMetrics(result: RunResult): Totals {
  const text = formatMetrics(metricsState(result));
  const sum = (name: string): number =>
    [...text.matchAll(new RegExp(`^${name}\\{.*\\} (\\d+)$`, 'gm'))].reduce(
      (all, [, n]) => all + Number(n),
      0,
    );
  const times = [
    ...text.matchAll(/^loadts_all_response_time_seconds\{quantile="(0\.5|0\.95|0\.99)"\} (.*)$/gm),
  ];
  return {
    requests: sum('loadts_requests_total'),
    failures: sum('loadts_failures_total'),
    percentiles: times.map(([, , seconds]) => Number(seconds) * 1_000),
  };
}

function readOtlp(result: RunResult): Totals {
  const facts = { version: '0', runId: 'r', script: 's', startedMs: 0, nowMs: 1 };
  const sent = JSON.parse(encodeOtlp(listMetrics(metricsState(result)), facts));
  const { metrics } = sent.resourceMetrics[0].scopeMetrics[0];
  const sum = (wanted: string): number =>
    (metrics.find(({ name }: { name: string }) => name === wanted)?.sum.dataPoints ?? []).reduce(
      (all: number, { asDouble }: { asDouble: number }) => all + asDouble,
      0,
    );
  return { requests: sum('loadts_requests_total'), failures: sum('loadts_failures_total') };
}

/** What the page carries, unpacked as it does that itself. */
function readHtml(result: RunResult): Totals {
  const packed = createHtmlReport(result, '{{data}}');
  return truth(JSON.parse(inflateSync(Buffer.from(packed, 'base64')).toString('utf8')));
}

const OUTPUTS: Readonly<Record<string, (result: RunResult) => Totals>> = {
  'the terminal at 80 columns': (result) => readTerminal(result, 80),
  'the terminal at 200 columns': (result) => readTerminal(result, 200),
  'the CSV files': readCsv,
  'the JSON': (result) => truth(readResult(writeResult(result), 'run.json')),
  'the data of the HTML page': readHtml,
  'the JUnit file': readJUnit,
  'the HDR log': readHdrLog,
  'the page of a build': readStepSummary,
  'the metrics of Prometheus': readMetrics,
  'the metrics of OTLP': readOtlp,
};

describe.each(Object.entries(RUNS))('of %s', (_name, result) => {
  it.each(Object.entries(OUTPUTS))('%s say the same as the result', (_output, read) => {
    const { percentiles: expected, ...counts } = truth(result);
    const { percentiles, ...seen } = read(result);
    expect({ ...counts, ...seen }).toEqual(counts);
    if (percentiles === undefined) return;
    expect(percentiles).toHaveLength(expected.length);
    // Tables have three digits, and so have the buckets of a log.
    for (const [i, ms] of percentiles.entries()) {
      expect(Math.abs(ms - (expected[i] as number))).toBeLessThanOrEqual(0.006 * ms);
    }
  });
});

describe('the ten runs', () => {
  it('are ten, and differ', () => {
    expect(Object.keys(RUNS)).toHaveLength(10);
    expect(new Set(Object.values(RUNS).map((result) => JSON.stringify(truth(result)))).size).toBeGreaterThan(
      5,
    );
  });
});
