import { LoadtsError, RESULT_FORMAT, RESULT_VERSION, type RunResult } from '@loadts/core';
import type * as z from 'zod';
import { resultSchema } from './result-schema.ts';

/** More of them help nobody. */
const MAX_PROBLEMS = 10;

/**
 * Reads what `writeResult` wrote, also of an earlier release.
 * @param name what the text is called in messages, such as its file
 * @throws LoadtsError `RESULT_INVALID`
 */
export function readResult(text: string, name: string): RunResult {
  const content = parse(text, name);
  checkFormat(content, name);
  const parsed = resultSchema.safeParse(content);
  if (parsed.success) return parsed.data as RunResult;
  throw invalid(`${name} is damaged, or was changed by hand:${describe(parsed.error)}`, {
    hint: 'run the load test again, or take another file',
  });
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const reason = text.trim() === '' ? 'it is empty' : String((cause as Error).message);
    throw invalid(`${name} is not JSON: ${reason}`, { hint: NOT_A_RESULT, cause });
  }
}

const NOT_A_RESULT = 'give a file that loadts run --json wrote';

function checkFormat(content: unknown, name: string): void {
  const { format, version } = (content ?? {}) as { readonly format?: unknown; readonly version?: unknown };
  if (format !== RESULT_FORMAT) {
    const seen = format === undefined ? 'it has no "format"' : `its format is ${JSON.stringify(format)}`;
    throw invalid(`${name} is not the result of a loadts run: ${seen}`, { hint: NOT_A_RESULT });
  }
  if (typeof version === 'number' && version > RESULT_VERSION) {
    throw invalid(`${name} has version ${version} of the format; this loadts knows up to ${RESULT_VERSION}`, {
      hint: 'read it with the loadts that wrote it, or a later one',
    });
  }
}

function describe({ issues }: z.ZodError): string {
  const shown = issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => {
    return `\n  ${path.map(String).join('.')}: ${message}`;
  });
  const rest = issues.length - shown.length;
  return `${shown.join('')}${rest > 0 ? `\n  and ${rest} more` : ''}`;
}

function invalid(message: string, options: { readonly hint: string; readonly cause?: unknown }): LoadtsError {
  return new LoadtsError('RESULT_INVALID', message, options);
}
