import { formatThreshold, LoadtsError, parseThresholds, type Threshold } from '@loadts/core';
import type { Parsed } from '../config/parse-value.ts';

const HINT = "write conditions such as 'p95 < 300ms, errors < 1%'";
const FIELDS: readonly string[] = ['method', 'name'];

/** Objectives: thresholds with commas between them, on requests of each level, without clauses. */
export function objectiveList(raw: unknown): Parsed<readonly Threshold[]> {
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  if (parts.some((part) => typeof part !== 'string'))
    return { wrong: 'is not a list of objectives', hint: HINT };
  const texts = (parts as readonly string[])
    .flatMap((text) => splitOutside(text))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  if (texts.length === 0) return { wrong: 'has no objective', hint: HINT };
  try {
    const value = parseThresholds(texts);
    const problem = value.map(findProblem).find((found) => found !== undefined);
    return problem === undefined ? { value } : { wrong: problem, hint: HINT };
  } catch (error) {
    if (!(error instanceof LoadtsError)) throw error;
    return { wrong: `cannot be read\n${error.message}`, hint: error.hint ?? HINT };
  }
}

/** At commas and semicolons that are in no braces and no quotes. */
function splitOutside(text: string): string[] {
  return text.match(/(?:\{(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^}"'])*\}|[^,;{])+/g) ?? [];
}

function findProblem(threshold: Threshold): string | undefined {
  const { metric, selectors, overSeconds, afterWarmup, abort } = threshold;
  const text = formatThreshold(threshold);
  if (overSeconds !== undefined || afterWarmup || abort) {
    return `holds ${text}: an objective is judged on each level, without over, after warmup and abort`;
  }
  const field = selectors.find((selector) => !FIELDS.includes(selector.field))?.field;
  if (field !== undefined) return `holds ${text}: an objective can be narrowed down by method and name only`;
  const isOther = ['dropped', 'exceptions', 'drift', 'requests', 'failures'].includes(metric.kind);
  return isOther ? `holds ${text}: an objective is on times, errors or rps` : undefined;
}
