import { inspect } from 'node:util';

/** What escaped a user's code, as reports show it. */
export interface DescribedException {
  readonly message: string;
  /** Only for the first of its kind: making a stack readable is costly. */
  readonly readStack: () => string;
}

// Where this package runs from: its frames say nothing about the user's script.
const OWN_FRAMES: readonly string[] = [new URL('..', import.meta.url).href, 'node:internal/'];

export function describeException(thrown: unknown, className: string): DescribedException {
  if (!(thrown instanceof Error)) {
    const message = `thrown: ${typeof thrown === 'string' ? thrown : inspect(thrown)}`;
    return { message, readStack: () => message };
  }
  const message = `${thrown.name}: ${thrown.message}`;
  return { message, readStack: () => cleanStack(thrown.stack ?? message, className) };
}

function cleanStack(stack: string, className: string): string {
  return (
    stack
      .split('\n')
      .filter((line) => !OWN_FRAMES.some((frame) => line.includes(frame)))
      .join('\n')
      // The bundler renames decorated classes.
      .replaceAll(`at _${className}.`, `at ${className}.`)
  );
}
