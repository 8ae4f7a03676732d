import type { TransportError } from '@loadts/core';
import { describeException } from '../user/describe-exception.ts';
import type { Exchange } from './exchange.ts';
import { StreamedBody } from './streamed-body.ts';
import { BODY_FAILED } from './transport-error.ts';

/** Why a request failed, where its connection cannot know. */
export function explainError(error: TransportError, { plan }: Exchange): TransportError {
  if (!plan) return error;
  const { body } = plan.options as { readonly body?: unknown };
  if (error.kind !== 'other' || !(body instanceof StreamedBody) || body.failure === undefined) return error;
  const message = `${BODY_FAILED.message}: ${describeException(body.failure, '').message}`;
  return { ...BODY_FAILED, message };
}
