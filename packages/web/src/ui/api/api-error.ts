/** What the server says where it refuses something, in its own words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly hint: string | undefined;

  constructor(status: number, facts: ErrorFacts) {
    super(facts.message);
    this.name = 'ApiError';
    this.status = status;
    this.code = facts.code;
    this.hint = facts.hint;
  }
}

interface ErrorFacts {
  readonly code: string;
  readonly message: string;
  readonly hint?: string | undefined;
}

/** @param body of a response with this status, whatever it is */
export function readError(status: number, body: unknown): ApiError {
  const error = isRecord(body) ? body['error'] : undefined;
  if (!isRecord(error))
    return new ApiError(status, { code: 'UNKNOWN', message: `the server answered ${status}` });
  const { code, message, hint } = error;
  return new ApiError(status, {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: typeof message === 'string' ? message : `the server answered ${status}`,
    hint: typeof hint === 'string' ? hint : undefined,
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
