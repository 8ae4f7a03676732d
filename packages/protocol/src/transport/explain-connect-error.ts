import { LoadtsError } from '@loadts/core';

const UNTRUSTED = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_SIGNATURE_FAILURE',
];

/** What to do about problems of TLS, which no waiting solves; undefined for anything else. */
function adviseTls(code: string): string | undefined {
  if (UNTRUSTED.includes(code)) return 'give --tls-ca the certificate of the authority that has signed it';
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return 'give --master-host a name that the certificate of the master has';
  }
  if (code.startsWith('CERT_')) return 'give the master a certificate that is valid today';
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER' || code === 'EPROTO') {
    return 'the master may not use TLS: leave --tls-ca out, or give the master --tls-cert and --tls-key';
  }
  return undefined;
}

/** The error of a connection that could not be made: `HANDSHAKE_REFUSED` where to try again is in vain. */
export function explainConnectError(cause: Error & { readonly code?: string }, url: string): Error {
  const { host, protocol } = new URL(url);
  const hint = adviseTls(cause.code ?? '');
  if (hint !== undefined) {
    const problem = cause.message.replace(/^.*?SSL routines:[^:]*:/s, '').replace(/:\S*\s*$/, '');
    return new LoadtsError('HANDSHAKE_REFUSED', `no TLS with the master at ${host}: ${problem}`, {
      hint,
      cause,
    });
  }
  // What a server that speaks TLS does when it is greeted without.
  if (protocol === 'ws:' && ['ECONNRESET', 'EPIPE'].includes(cause.code ?? '')) {
    return new Error(`${cause.message} (if the master uses TLS, give --tls-ca)`, { cause });
  }
  return cause;
}
