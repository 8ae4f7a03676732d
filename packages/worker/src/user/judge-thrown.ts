import type { Outcome } from '@loadts/core';
import { TEXT_LIMITS } from '@loadts/protocol';
import { describeTransportError } from '../http/transport-error.ts';
import { describeException } from './describe-exception.ts';

/** How measured work failed: what the system says of connections counts as it does for HTTP requests. */
export function judgeThrown(thrown: unknown): { readonly outcome: Outcome; readonly reason: string } {
  if (thrown instanceof Error) {
    const { kind, message } = describeTransportError(thrown);
    if (kind === 'timeout' || thrown.name === 'TimeoutError') {
      return { outcome: 'timeout', reason: kind === 'timeout' ? message : clip(thrown.message) };
    }
    if (kind !== 'other') return { outcome: 'connectionError', reason: clip(message) };
  }
  return { outcome: 'checkFailed', reason: clip(describeException(thrown).message) };
}

function clip(reason: string): string {
  return reason.slice(0, TEXT_LIMITS.reason);
}
