import { inspect } from 'node:util';

/** What escaped a user's code, as reports show it. */
export interface DescribedException {
  readonly message: string;
  /** Only for the first of its kind: making a stack readable is costly. */
  readonly readStack: () => string;
}

// Where this package runs from: its frames say nothing about the user's script.
const OWN_FRAMES: readonly string[] = [new URL('..', import.meta.url).href, 'node:internal/'];

/** @param classNames those of the user class and the task set that the code may belong to */
export function describeException(thrown: unknown, ...classNames: readonly string[]): DescribedException {
  if (!(thrown instanceof Error)) {
    const message = `thrown: ${typeof thrown === 'string' ? thrown : inspect(thrown)}`;
    return { message, readStack: () => message };
  }
  const message = `${thrown.name}: ${thrown.message}`;
  return { message, readStack: () => cleanStack(thrown.stack ?? message, classNames) };
}

function cleanStack(stack: string, classNames: readonly string[]): string {
  const text = stack
    .split('\n')
    .filter((line) => !OWN_FRAMES.some((frame) => line.includes(frame)))
    .join('\n');
  // The bundler renames decorated classes.
  return classNames.reduce((clean, name) => clean.replaceAll(`at _${name}.`, `at ${name}.`), text);
}
