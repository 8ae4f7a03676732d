import {
  type Check,
  type CheckedResponse,
  type CheckResult,
  type HttpResponse,
  isControlFlow,
} from '@loadts/core';
import { describeException } from '../user/describe-exception.ts';

const FAILED = 'check failed';

type Verdict = undefined | true | string;

/** The check threw `StopRun` or its like, which the caller of the request gets. */
export class Interruption {
  readonly thrown: Error;
  /** What the check had decided by then. */
  readonly verdict: Verdict;

  constructor(thrown: Error, verdict: Verdict) {
    this.thrown = thrown;
    this.verdict = verdict;
  }
}

/** What a check made of a response: `undefined` leaves it to the status, `true` passes, a text is the reason it failed. */
export type CheckVerdict = Verdict | Interruption;

/** Runs a check. A promise only where the check itself is asynchronous; never throws or rejects. */
export function runCheck(check: Check, response: HttpResponse): CheckVerdict | Promise<CheckVerdict> {
  const decision: { verdict: Verdict } = { verdict: undefined };
  const interpret = (result: CheckResult): Verdict => {
    if (result === true) return true;
    if (result === false) return FAILED;
    return typeof result === 'string' ? result : decision.verdict;
  };
  const take = (thrown: unknown): CheckVerdict =>
    isControlFlow(thrown) ? new Interruption(thrown, decision.verdict) : describeThrown(thrown);
  try {
    const result = check(createCheckedResponse(response, decision));
    if (result instanceof Promise) return result.then(interpret, take);
    return interpret(result);
  } catch (thrown) {
    return take(thrown);
  }
}

function describeThrown(thrown: unknown): string {
  return describeException(thrown, '').message;
}

function createCheckedResponse(response: HttpResponse, decision: { verdict: Verdict }): CheckedResponse {
  return {
    status: response.status,
    ok: response.ok,
    url: response.url,
    durationMs: response.durationMs,
    error: response.error,
    get headers() {
      return response.headers;
    },
    get timings() {
      return response.timings;
    },
    reusedConnection: response.reusedConnection,
    bytesSent: response.bytesSent,
    bytesReceived: response.bytesReceived,
    text: () => response.text(),
    json: <T>() => response.json<T>(),
    bytes: () => response.bytes(),
    success() {
      decision.verdict = true;
    },
    failure(reason) {
      // Scripts in JavaScript may leave it out.
      decision.verdict = typeof reason === 'string' ? reason : FAILED;
    },
  };
}
