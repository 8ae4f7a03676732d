import { type ClientHttp2Session, constants } from 'node:http2';
import type { TransportError } from '@loadts/core';
import { describeTransportError } from './transport-error.ts';

const RESETS: Readonly<Record<number, string>> = {
  [constants.NGHTTP2_NO_ERROR]: 'NO_ERROR',
  [constants.NGHTTP2_PROTOCOL_ERROR]: 'PROTOCOL_ERROR',
  [constants.NGHTTP2_INTERNAL_ERROR]: 'INTERNAL_ERROR',
  [constants.NGHTTP2_FLOW_CONTROL_ERROR]: 'FLOW_CONTROL_ERROR',
  [constants.NGHTTP2_STREAM_CLOSED]: 'STREAM_CLOSED',
  [constants.NGHTTP2_FRAME_SIZE_ERROR]: 'FRAME_SIZE_ERROR',
  [constants.NGHTTP2_REFUSED_STREAM]: 'REFUSED_STREAM',
  [constants.NGHTTP2_CANCEL]: 'CANCEL',
  [constants.NGHTTP2_ENHANCE_YOUR_CALM]: 'ENHANCE_YOUR_CALM',
  [constants.NGHTTP2_HTTP_1_1_REQUIRED]: 'HTTP_1_1_REQUIRED',
};

/** Why a stream was closed before its response was whole. */
export function describeReset(code: number, session: ClientHttp2Session): TransportError {
  const isLost =
    session.destroyed && (code === constants.NGHTTP2_CANCEL || code === constants.NGHTTP2_NO_ERROR);
  if (isLost) {
    const lost = 'connection closed before the response ended (HTTP2_SESSION_CLOSED)';
    return { kind: 'reset', code: 'HTTP2_SESSION_CLOSED', message: lost };
  }
  return nameReset(code);
}

/** @param resetCode of the stream, where it was reset */
export function describeHttp2Error(
  error: Error & { readonly code?: unknown },
  resetCode: number = constants.NGHTTP2_NO_ERROR,
): TransportError {
  const code = typeof error.code === 'string' ? error.code : error.name;
  if (code === 'ERR_HTTP2_STREAM_ERROR') return nameReset(resetCode);
  if (code === 'ERR_HTTP2_ERROR')
    return { kind: 'protocol', code, message: `malformed response (${code}): ${error.message}` };
  if (code.startsWith('ERR_HTTP2_'))
    return { kind: 'reset', code, message: `connection closed before the response ended (${code})` };
  return describeTransportError(error);
}

function nameReset(resetCode: number): TransportError {
  const code = `HTTP2_${RESETS[resetCode] ?? resetCode}`;
  const isRefusal = resetCode === constants.NGHTTP2_REFUSED_STREAM;
  return {
    kind: isRefusal ? 'refused' : 'reset',
    code,
    message: `the server ${isRefusal ? 'refused' : 'reset'} the stream (${code})`,
  };
}
