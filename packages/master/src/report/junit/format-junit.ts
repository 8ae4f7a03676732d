import type { RunResult, ThresholdResult } from '@loadts/core';
import { xmlText } from './xml-text.ts';

/** One case of the suite. */
interface TestCase {
  readonly name: string;
  readonly kind: 'passed' | 'failure' | 'error';
  /** One line. */
  readonly message: string;
  /** All that is known. */
  readonly text: string;
}

/**
 * The result as JUnit XML: one test case for each threshold, and one for the verdict, which is an error where the run
 * proves nothing and a failure where something else than a threshold made it fail.
 */
export function formatJUnit(result: RunResult): string {
  const cases = [...result.thresholds.map(thresholdCase), verdictCase(result)];
  const count = (kind: TestCase['kind']): number => cases.filter((each) => each.kind === kind).length;
  const attributes = [
    ['tests', String(cases.length)],
    ['failures', String(count('failure'))],
    ['errors', String(count('error'))],
    ['time', seconds(result)],
  ] as const;
  const suite: Attributes = [
    ['name', result.script],
    ['timestamp', result.startedAt.replace(/(\.\d+)?Z$/, '')],
    ['hostname', result.master.hostname],
    ...attributes,
    ['skipped', '0'],
  ];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    openTag('testsuites', [['name', 'loadts'], ...attributes]),
    `  ${openTag('testsuite', suite)}`,
    ...formatProperties(result),
    ...cases.map((each) => formatCase(each, result)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function thresholdCase({ threshold, passed, reason }: ThresholdResult): TestCase {
  return {
    name: threshold,
    kind: passed ? 'passed' : 'failure',
    message: reason,
    text: `${threshold}: ${reason}`,
  };
}

function verdictCase({ verdict, thresholds }: RunResult): TestCase {
  const { kind, reasons } = verdict;
  const told = new Set(thresholds.map(({ threshold, reason }) => `${threshold}: ${reason}`));
  // What a threshold says already is no second failure.
  const others = kind === 'fail' ? reasons.filter((reason) => !told.has(reason)) : reasons;
  const head = `verdict: ${kind}`;
  const isError = kind === 'invalid' || kind === 'incomplete';
  return {
    name: 'verdict',
    kind: isError ? 'error' : others.length > 0 ? 'failure' : 'passed',
    message: others.length === 0 ? head : `${head}, ${others[0]}`,
    text: [head, ...others].join('\n'),
  };
}

function formatProperties({ id, scriptHash, host, seed, total, aborted }: RunResult): string[] {
  const properties = {
    'run.id': id,
    'script.sha256': scriptHash,
    host,
    seed,
    requests: total.requests,
    failures: total.failures,
    aborted,
  };
  const lines = Object.entries(properties).flatMap(([name, value]) =>
    value === undefined
      ? []
      : [
          `      ${emptyTag('property', [
            ['name', name],
            ['value', String(value)],
          ])}`,
        ],
  );
  return ['    <properties>', ...lines, '    </properties>'];
}

function formatCase({ name, kind, message, text }: TestCase, result: RunResult): string {
  const attributes: Attributes = [
    ['name', name],
    ['classname', result.script],
    ['time', seconds(result)],
  ];
  if (kind === 'passed') return `    ${emptyTag('testcase', attributes)}`;
  const type = kind === 'error' ? result.verdict.kind : 'threshold';
  const problem = openTag(kind, [
    ['message', message],
    ['type', type],
  ]);
  return `    ${openTag('testcase', attributes)}${problem}${xmlText(text)}</${kind}></testcase>`;
}

type Attributes = readonly (readonly [name: string, value: string])[];

function openTag(name: string, attributes: Attributes): string {
  return `<${name}${attributes.map(([key, value]) => ` ${key}="${xmlText(value)}"`).join('')}>`;
}

function emptyTag(name: string, attributes: Attributes): string {
  return openTag(name, attributes).replace(/>$/, '/>');
}

function seconds({ durationSeconds }: RunResult): string {
  return durationSeconds.toFixed(3);
}
