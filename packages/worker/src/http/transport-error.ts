import type { TransportError, TransportErrorKind } from '@loadts/core';
import type { TimeLimits } from './time-limits.ts';
import { describeTlsProblem } from './tls-problem.ts';

const KIND_BY_CODE: Readonly<Record<string, TransportErrorKind>> = {
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  HTTPParserError: 'protocol',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'protocol',
  UND_ERR_HEADERS_OVERFLOW: 'protocol',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'protocol',
};

const WORDS: Readonly<Record<TransportErrorKind, string>> = {
  timeout: 'timeout',
  dns: 'host name not found',
  refused: 'connection refused',
  reset: 'connection closed before the response ended',
  tls: 'TLS failed',
  protocol: 'malformed response',
  aborted: 'cut off at the end of the run',
  other: 'connection failed',
};

/** Which limit was reached. */
export type TimeoutPart = 'total' | 'connect' | 'headers' | 'body';

/** A failure that says itself what it is. */
export class TransportFailure extends Error {
  readonly transportError: TransportError;

  constructor(transportError: TransportError) {
    super(transportError.message);
    this.transportError = transportError;
  }
}

/** The same failure always gets the same text, without ports or addresses, so that failures group. */
export function describeTransportError(error: Error & { readonly code?: unknown }): TransportError {
  if (error instanceof TransportFailure) return error.transportError;
  const code = typeof error.code === 'string' ? error.code : error.name;
  const problem = describeTlsProblem(code, error.message);
  if (problem !== undefined) return { kind: 'tls', code, message: `${WORDS.tls}: ${problem} (${code})` };
  const kind = KIND_BY_CODE[code] ?? 'other';
  const detail = kind === 'other' || code === 'HTTPParserError' ? `: ${error.message}` : '';
  return { kind, code, message: `${WORDS[kind]} (${code})${detail}` };
}

export function createTimeoutError(part: TimeoutPart, limits: TimeLimits): TransportError {
  const seconds = `${limits[`${part}Ms`] / 1_000} s`;
  const messages = {
    total: `timeout after ${seconds}`,
    connect: `timeout: no connection after ${seconds}`,
    headers: `timeout: no response headers after ${seconds}`,
    body: `timeout: no more of the body for ${seconds}`,
  };
  const code = part === 'total' ? 'TIMEOUT' : `${part.toUpperCase()}_TIMEOUT`;
  return { kind: 'timeout', code, message: messages[part] };
}

/** The reason is for those to say who know the body. */
export const BODY_FAILED: TransportError = {
  kind: 'other',
  code: 'BODY_FAILED',
  message: 'the body to send failed',
};

export const ABORTED: TransportError = { kind: 'aborted', code: 'ABORTED', message: WORDS.aborted };
