import { LoadtsError } from '@loadts/core';
import { expect } from 'vitest';

/** The message of the `MESSAGE_INVALID` that this must throw. Any other error goes on. */
export function problemOf(decode: () => unknown): string {
  const problem = findProblem(decode);
  return problem ?? expect.fail('nothing was thrown');
}

/** The message of the `MESSAGE_INVALID` that this threw, if it threw one. Any other error goes on. */
export function findProblem(decode: () => unknown): string | undefined {
  try {
    decode();
    return undefined;
  } catch (error) {
    if (error instanceof LoadtsError && error.code === 'MESSAGE_INVALID') return error.message;
    throw error;
  }
}
