import type { TransportErrorKind } from '@loadts/core';
import { errors } from 'undici';
import { describe, expect, it } from 'vitest';
import { createTimeoutError, describeTransportError } from './transport-error.ts';

const withCode = (code: string, message = 'socket 127.0.0.1:54321'): Error =>
  Object.assign(new Error(message), { code });

describe('describeTransportError', () => {
  it.each<[TransportErrorKind, Error]>([
    ['timeout', new errors.ConnectTimeoutError()],
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
  it('says how long it waited', () => {
    expect(createTimeoutError(1_500)).toEqual({
      kind: 'timeout',
      code: 'TIMEOUT',
      message: 'timeout after 1.5 s',
    });
  });
});
