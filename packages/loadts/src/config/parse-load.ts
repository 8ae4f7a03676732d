import {
  LoadtsError,
  parseRegressions,
  parseStages,
  parseThresholds,
  type Regression,
  type Stage,
  type Threshold,
} from '@loadts/core';
import type { Parsed } from './parse-value.ts';

/** `30s:100,5m:500`. */
export function stageList(raw: unknown): Parsed<readonly Stage[]> {
  if (typeof raw !== 'string') {
    return { wrong: 'is not a text of stages', hint: "write '30s:100,5m:500,30s:0'" };
  }
  return parse('is not a list of stages', () => parseStages(raw));
}

/** Conditions: a list, or one text with line breaks or semicolons between them. */
export function thresholdList(raw: unknown): Parsed<readonly Threshold[]> {
  const texts = conditions(raw);
  if (!texts) return { wrong: 'is not a list of thresholds', hint: "write texts such as 'p95 < 300ms'" };
  return parse('cannot be read', () => parseThresholds(texts));
}

/** Conditions on the change since a baseline, in the same forms. */
export function regressionList(raw: unknown): Parsed<readonly Regression[]> {
  const texts = conditions(raw);
  if (!texts) return { wrong: 'is not a list of conditions', hint: "write texts such as 'p95 < 1.10x'" };
  return parse('cannot be read', () => parseRegressions(texts));
}

function conditions(raw: unknown): string[] | undefined {
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (parts.some((part) => typeof part !== 'string')) return undefined;
  return (parts as readonly string[])
    .flatMap((text) => text.split(/[;\n]/))
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function parse<Value>(wrong: string, read: () => Value): Parsed<Value> {
  try {
    return { value: read() };
  } catch (error) {
    if (!(error instanceof LoadtsError)) throw error;
    return { wrong: `${wrong}\n${error.message}`, hint: error.hint ?? '' };
  }
}
