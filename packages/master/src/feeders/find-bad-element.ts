import { describeJsonError } from './describe-json-error.ts';

export interface BadElement {
  /** Where it begins in the text. */
  readonly position: number;
  readonly reason: string;
}

/**
 * The first element of a JSON array that is none: the parser of Node.js does not tell where it failed.
 * @param error what that parser says of the whole
 */
export function findBadElement(text: string, error: unknown): BadElement {
  const open = text.search(/\S/);
  if (text[open] !== '[') return { position: Math.max(0, open), reason: describeJsonError(error) };
  let start = open + 1;
  let depth = 0;
  // A text as a whole, or a character that counts.
  for (const { 0: token, index } of text.slice(start).matchAll(/"(?:[^"\\]|\\[^])*"|[[\]{},]/g)) {
    const at = open + 1 + index;
    if (depth === 0 && (token === ',' || token === ']')) {
      const reason = findReason(text.slice(start, at));
      if (reason !== undefined) return { position: skipSpace(text, start, at), reason };
      if (token === ']') return { position: at, reason: 'something follows after the array' };
      start = at + 1;
    } else if (token === '[' || token === '{') depth++;
    else if (token === ']' || token === '}') depth--;
  }
  return { position: skipSpace(text, start, text.length - 1), reason: 'what begins here does not end' };
}

function findReason(element: string): string | undefined {
  try {
    JSON.parse(element);
    return undefined;
  } catch (error) {
    return describeJsonError(error);
  }
}

function skipSpace(text: string, start: number, end: number): number {
  const space = /\s*/y;
  space.lastIndex = start;
  return Math.min(end, start + (space.exec(text)?.[0].length ?? 0));
}
