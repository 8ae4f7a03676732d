import { LoadtsError, type LoadtsErrorCode } from '@loadts/core';
import type { RestError } from '@loadts/protocol';

export const WEB_ERROR_STATUS = {
  BODY_INVALID: 400,
  TOKEN_REQUIRED: 401,
  TOKEN_WRONG: 401,
  HOST_REFUSED: 403,
  ORIGIN_REFUSED: 403,
  NOT_FOUND: 404,
  BODY_TOO_LARGE: 413,
  BODY_NOT_JSON: 415,
  TOO_MANY_ATTEMPTS: 429,
  TOO_MANY_CLIENTS: 429,
  INTERNAL_ERROR: 500,
} as const;

/** Why the web server refuses a request. `docs/reference/errors.md` explains each code. */
export type WebErrorCode = keyof typeof WEB_ERROR_STATUS;

/** A request that is refused, in the words of loadts's errors. */
export class WebError extends Error {
  override readonly name: string = 'WebError';
  readonly code: WebErrorCode;
  readonly hint: string | null;

  constructor(code: WebErrorCode, message: string, hint: string | null = null) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

export type WebErrorAnswerStatus = (typeof WEB_ERROR_STATUS)[WebErrorCode] | 409;

export interface WebErrorAnswer {
  readonly status: WebErrorAnswerStatus;
  readonly body: RestError;
}

/** What is in the way of a request now, rather than wrong with it. */
const CONFLICTS: readonly LoadtsErrorCode[] = ['CONTROL_REFUSED', 'WORKERS_MISSING'];

/** The answer to a request that failed. What nobody expected says nothing of what is inside. */
export function answerError(error: unknown): WebErrorAnswer {
  if (error instanceof WebError) {
    const { code, message, hint } = error;
    return { status: WEB_ERROR_STATUS[code], body: { error: { code, message, hint } } };
  }
  if (error instanceof LoadtsError) {
    const { code, message, hint = null } = error;
    return { status: CONFLICTS.includes(code) ? 409 : 400, body: { error: { code, message, hint } } };
  }
  const message = 'something went wrong in loadts';
  const hint = 'look at the log of the master';
  return { status: 500, body: { error: { code: 'INTERNAL_ERROR', message, hint } } };
}
