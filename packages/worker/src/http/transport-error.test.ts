import type { TransportErrorKind } from '@loadts/core';
import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { createTimeoutError, describeTransportError } from './transport-error.ts';

const withCode = (code: string, message = 'socket 127.0.0.1:54321'): Error =>
  Object.assign(new Error(message), { code });

describe('describeTransportError', () => {
  it.each<[TransportErrorKind, Error]>([
    ['timeout', withCode('ETIMEDOUT')],
    ['dns', withCode('ENOTFOUND')],
    ['dns', withCode('EAI_AGAIN')],
    ['refused', withCode('ECONNREFUSED')],
    ['reset', withCode('ECONNRESET')],
    ['reset', withCode('EPIPE')],
    ['reset', new errors.SocketError('other side closed')],
    ['tls', withCode('DEPTH_ZERO_SELF_SIGNED_CERT')],
    ['tls', withCode('SELF_SIGNED_CERT_IN_CHAIN')],
    ['tls', withCode('CERT_HAS_EXPIRED')],
    ['tls', withCode('ERR_TLS_CERT_ALTNAME_INVALID')],
    ['tls', withCode('ERR_SSL_WRONG_VERSION_NUMBER')],
    ['tls', withCode('UNABLE_TO_VERIFY_LEAF_SIGNATURE')],
    ['protocol', new errors.ResponseContentLengthMismatchError()],
    ['protocol', new errors.HeadersOverflowError()],
    ['protocol', new errors.HTTPParserError('Invalid chunk size')],
    ['other', withCode('EHOSTUNREACH')],
    ['other', new Error('something new')],
  ])('says %s', (kind, error) => {
    expect(describeTransportError(error).kind).toBe(kind);
  });

  it('gives the same failure the same text, without addresses', () => {
    const texts = ['connect 10.0.0.1:5000', 'connect 10.0.0.2:6000'].map(
      (message) => describeTransportError(withCode('ECONNREFUSED', message)).message,
    );
    expect(texts).toEqual(Array(2).fill('connection refused (ECONNREFUSED)'));
  });

  it('keeps the words of what it does not know', () => {
    expect(describeTransportError(new TypeError('odd')).message).toBe('connection failed (TypeError): odd');
    expect(describeTransportError(new errors.HTTPParserError('Invalid chunk size')).message).toBe(
      'malformed response (HTTPParserError): Invalid chunk size',
    );
  });
});

describe('createTimeoutError', () => {
  it.each([
    ['total', 'TIMEOUT', 'timeout after 1.5 s'],
    ['connect', 'CONNECT_TIMEOUT', 'timeout: no connection after 2 s'],
    ['headers', 'HEADERS_TIMEOUT', 'timeout: no response headers after 0.1 s'],
    ['body', 'BODY_TIMEOUT', 'timeout: no more of the body for 5 s'],
  ] as const)('says which limit it was and how long: %s', (part, code, message) => {
    const limits = { totalMs: 1_500, connectMs: 2_000, headersMs: 100, bodyMs: 5_000 };
    expect(createTimeoutError(part, limits)).toEqual({ kind: 'timeout', code, message });
  });
});
