import type { RunResult } from '@loadts/core';
import { asDescribed } from './result-schema.ts';
import type { StoredResult } from './stored-result.ts';

/** The text of a result file: one line of JSON, as `docs/reference/result.schema.json` describes it. */
export function writeResult(result: RunResult): string {
  return `${JSON.stringify(asDescribed(result as StoredResult))}\n`;
}
