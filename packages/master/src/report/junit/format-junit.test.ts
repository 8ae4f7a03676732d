import type { RunResult } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { HOSTILE_NAMES, resultOf, sampledRun } from '../sampled-run.case.ts';
import { formatJUnit } from './format-junit.ts';
import { parseXml, type XmlElement } from './parse-xml.case.ts';

interface Case {
  readonly name: string | undefined;
  readonly failure?: XmlElement | undefined;
  readonly error?: XmlElement | undefined;
}

function parse(fields: Partial<RunResult>) {
  const root = parseXml(formatJUnit(resultOf(sampledRun(2, ['/a']), fields)));
  const [suite] = root.children as [XmlElement];
  const find = (of: XmlElement, name: string): XmlElement | undefined =>
    of.children.find((child) => child.name === name);
  const testcase = suite.children
    .filter(({ name }) => name === 'testcase')
    .map(
      (each): Case => ({
        name: each.attributes['name'],
        failure: find(each, 'failure'),
        error: find(each, 'error'),
      }),
    );
  return { ...suite.attributes, testcase };
}

const met = { threshold: 'p95 < 300ms', observed: 12, passed: true, reason: 'p95 was 12 ms' };
const missed = { threshold: 'errors < 1%', observed: 0.05, passed: false, reason: 'errors was 5 %' };

describe('the JUnit file', () => {
  it('has a test case for each threshold, failed with the observed value', () => {
    const verdict = { kind: 'fail', reasons: ['errors < 1%: errors was 5 %'] } as const;
    const suite = parse({ thresholds: [met, missed], verdict });
    expect(suite).toMatchObject({ tests: '3', failures: '1', errors: '0' });
    expect(suite.testcase.map(({ name }) => name)).toEqual(['p95 < 300ms', 'errors < 1%', 'verdict']);
    expect(suite.testcase.map(({ failure }) => failure?.attributes['message'])).toEqual([
      undefined,
      'errors was 5 %',
      undefined,
    ]);
  });

  it('fails by its verdict where there is no threshold to fail', () => {
    const suite = parse({ verdict: { kind: 'fail', reasons: ['3 of 9 requests failed'] } });
    expect(suite).toMatchObject({ tests: '1', failures: '1', errors: '0' });
    expect(suite.testcase[0]?.failure?.attributes['message']).toBe('verdict: fail, 3 of 9 requests failed');
  });

  it.each(['invalid', 'incomplete'] as const)('has an error where the run is %s', (kind) => {
    const suite = parse({ thresholds: [met], verdict: { kind, reasons: ['one', 'two'] } });
    expect(suite).toMatchObject({ tests: '2', failures: '0', errors: '1' });
    expect(suite.testcase[1]?.error).toMatchObject({
      attributes: { type: kind },
      text: `verdict: ${kind}\none\ntwo`,
    });
  });

  it.each(HOSTILE_NAMES)('holds any name: %j', (name) => {
    const threshold = `p95{name=${JSON.stringify(name)}} < 1s`;
    const suite = parse({ script: name, thresholds: [{ ...missed, threshold, reason: name }] });
    const clean = name.replaceAll(/[\0\x07\x1b]/g, '');
    expect(suite.testcase[0]?.name).toBe(threshold);
    expect(suite.testcase[0]?.failure?.attributes['message']).toBe(clean);
  });

  it('leaves out half characters, which XML cannot hold', () => {
    const suite = parse({ thresholds: [{ ...missed, reason: 'a\ud83cb\ufffec' }] });
    expect(suite.testcase[0]?.failure?.attributes['message']).toBe('abc');
  });
});
