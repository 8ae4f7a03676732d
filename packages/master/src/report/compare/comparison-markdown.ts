import { CONFIDENCE, type Comparison, type MetricChange } from '@loadts/core';
import { markdownTable, markdownText } from '../markdown/markdown-text.ts';
import { type ComparedRun, describeComparedRun } from './compared-run.ts';
import { formatDifference, formatInterval, formatValue, METRIC_TITLES } from './format-change.ts';

/** A run beside its baseline, for a comment on a change. */
export function comparisonMarkdown(
  { total, entries, doubts }: Comparison,
  { baselines, run }: { readonly baselines: readonly ComparedRun[]; readonly run: ComparedRun },
): string {
  const describe = (role: string, of: ComparedRun): string =>
    `- ${role} **${markdownText(of.name)}**: ${markdownText(describeComparedRun(of))}`;
  const lines = [
    '## loadts: comparison',
    '',
    ...baselines.map((baseline) => describe('baseline', baseline)),
    describe('run', run),
    '',
    ...doubts.flatMap((doubt) => [`> ⚠️ ${markdownText(doubt)}`, '']),
    ...markdownTable(
      ['All requests', 'baseline', 'run', 'change', `${100 * CONFIDENCE} % sure`],
      [
        ['requests', String(Math.round(total.baselineRequests)), String(total.requests), '', ''],
        ...total.metrics.map((change) => [
          METRIC_TITLES[change.metric],
          formatValue(change.metric, change.baseline),
          formatValue(change.metric, change.observed),
          markChange(change),
          formatInterval(change.metric, change.interval),
        ]),
      ],
    ),
    '',
    ...markdownTable(
      [
        'Name',
        '# base',
        '# run',
        ...['failed', 'p50', 'p95', 'p99'].flatMap((title) => [title, 'run', 'change']),
      ],
      entries.map(({ method, name, baselineRequests, requests, metrics }) => [
        markdownText(`${method} ${name}`),
        String(Math.round(baselineRequests)),
        String(requests),
        ...metrics.flatMap((change) => [
          formatValue(change.metric, change.baseline),
          formatValue(change.metric, change.observed),
          markChange(change),
        ]),
      ]),
    ),
    '',
    'Times in milliseconds.',
    '',
  ];
  return lines.join('\n');
}

function markChange(change: MetricChange): string {
  const mark = change.direction && { better: ' 🟢', worse: ' 🔴' }[change.direction];
  return `${formatDifference(change)}${mark ?? ''}`;
}
