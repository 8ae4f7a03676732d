import { inspect } from 'node:util';
import { LoadtsError } from '@loadts/core';

/** One thing that is wrong in what the user configured. */
export interface Problem {
  /** Where it stands, what is wrong and the value seen: `--users: "-3" is not ...`. */
  readonly text: string;
  /** What to do about it. */
  readonly hint: string | undefined;
}

/** All problems as one `CONFIG_INVALID`. */
export function configError(problems: readonly Problem[]): LoadtsError {
  const [first, ...others] = problems;
  if (first !== undefined && others.length === 0) {
    return new LoadtsError(
      'CONFIG_INVALID',
      first.text,
      first.hint === undefined ? {} : { hint: first.hint },
    );
  }
  const lines = problems.map((problem) => `\n  ${describe(problem).replaceAll('\n', '\n  ')}`);
  return new LoadtsError(
    'CONFIG_INVALID',
    `${problems.length} problems with what loadts was told:${lines.join('')}`,
  );
}

function describe({ text, hint }: Problem): string {
  if (hint === undefined) return text;
  // After the lines of a code frame, advice needs a line of its own.
  return text.includes('\n') ? `${text}\n${hint}` : `${text}; ${hint}`;
}

/** A value as the user wrote it, cut where it is long. */
export function showValue(value: unknown): string {
  const text =
    typeof value === 'string' ? JSON.stringify(value) : inspect(value, { depth: 1, breakLength: Infinity });
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
