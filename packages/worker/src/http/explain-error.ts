import type { TransportError } from '@loadts/core';
import { describeException } from '../user/describe-exception.ts';
import type { Exchange } from './exchange.ts';
import { StreamedBody } from './streamed-body.ts';
import { createTimeoutError } from './transport-error.ts';

/** Why a request failed, where its connection cannot know. */
export function explainError(error: TransportError, { plan, trail }: Exchange): TransportError {
  if (!plan) return error;
  // Else each hop's rest of the time would be a reason of its own.
  if (trail && error.code === 'TIMEOUT') return createTimeoutError(plan.timeoutMs);
  const { body } = plan.options as { readonly body?: unknown };
  if (error.kind !== 'other' || !(body instanceof StreamedBody) || body.failure === undefined) return error;
  const message = `the body to send failed: ${describeException(body.failure, '').message}`;
  return { kind: 'other', code: 'BODY_FAILED', message };
}
