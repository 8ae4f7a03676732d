import type { TransportError, TransportErrorKind } from '@loadts/core';

const KIND_BY_CODE: Readonly<Record<string, TransportErrorKind>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EPROTO: 'tls',
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

/** The same failure always gets the same text, without ports or addresses, so that failures group. */
export function describeTransportError(error: Error & { readonly code?: unknown }): TransportError {
  const code = typeof error.code === 'string' ? error.code : error.name;
  const kind = KIND_BY_CODE[code] ?? kindByPattern(code);
  const detail = kind === 'other' || code === 'HTTPParserError' ? `: ${error.message}` : '';
  return { kind, code, message: `${WORDS[kind]} (${code})${detail}` };
}

export function createTimeoutError(timeoutMs: number): TransportError {
  return { kind: 'timeout', code: 'TIMEOUT', message: `timeout after ${timeoutMs / 1_000} s` };
}

export const ABORTED: TransportError = { kind: 'aborted', code: 'ABORTED', message: WORDS.aborted };

function kindByPattern(code: string): TransportErrorKind {
  if (/^(ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code)) return 'tls';
  return 'other';
}
