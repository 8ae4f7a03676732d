import type { Outcome } from '@loadts/core';
import type { EndedRequest } from '../events/request-emitter.ts';
import type { Exchange } from './exchange.ts';

/** What listeners get to know of a request. */
export function describeEnded(
  exchange: Exchange,
  outcome: Outcome,
  reason: string | undefined,
): EndedRequest {
  const { entry, url, status, error, bytesReceived, intendedUs, callUs, endUs, serviceUs, ttfbUs } = exchange;
  const { method, name } = entry.key;
  return {
    method,
    name,
    url,
    outcome,
    status,
    reason,
    error,
    startUs: intendedUs ?? callUs,
    endUs,
    serviceUs,
    ttfbUs,
    ...(exchange.stream && { stream: exchange.stream }),
    bytesReceived,
    response: exchange,
  };
}
