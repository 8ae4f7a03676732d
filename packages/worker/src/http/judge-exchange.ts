import type { Outcome } from '@loadts/core';
import { TEXT_LIMITS } from '@loadts/protocol';
import { type CheckVerdict, Interruption } from './check-response.ts';
import type { Exchange } from './exchange.ts';

export interface Judgement {
  readonly outcome: Outcome;
  /** Why the request failed; failures with the same text are counted together. */
  readonly reason: string | undefined;
}

const OK: Judgement = { outcome: 'ok', reason: undefined };
const ABORTED: Judgement = { outcome: 'aborted', reason: undefined };

/** The one class that a request ends in. */
export function judgeExchange(exchange: Exchange, checked: CheckVerdict): Judgement {
  const verdict = checked instanceof Interruption ? checked.verdict : checked;
  const { error, status } = exchange;
  if (error) {
    if (error.kind === 'aborted') return ABORTED;
    return { outcome: error.kind === 'timeout' ? 'timeout' : 'connectionError', reason: clip(error.message) };
  }
  if (typeof verdict === 'string') {
    return { outcome: 'checkFailed', reason: clip(verdict) };
  }
  if (verdict || status < 400) return OK;
  return { outcome: 'httpError', reason: clip(`HTTP ${status} ${exchange.statusText}`.trimEnd()) };
}

/** Much of a reason comes from the target. */
function clip(reason: string): string {
  return reason.slice(0, TEXT_LIMITS.reason);
}
