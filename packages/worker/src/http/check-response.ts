import {
  type Check,
  type CheckedResponse,
  type CheckResult,
  type HttpResponse,
  isControlFlow,
  type ResponseHead,
  type StreamOptions,
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

/** Who tells a check's verdict. */
interface Decision {
  verdict: Verdict;
}

/** Runs a check. A promise only where the check itself is asynchronous; never throws or rejects. */
export function runCheck(check: Check, response: HttpResponse): CheckVerdict | Promise<CheckVerdict> {
  return decide((decision) => check(createCheckedResponse(response, decision)));
}

/** The same for a response that only has its headers yet. */
export function runHeadCheck(
  check: NonNullable<StreamOptions['check']>,
  head: ResponseHead,
): CheckVerdict | Promise<CheckVerdict> {
  const { status, ok, url, headers, history } = head;
  return decide((decision) => check({ status, ok, url, headers, history, ...createVerdicts(decision) }));
}

function decide(
  run: (decision: Decision) => CheckResult | Promise<CheckResult>,
): CheckVerdict | Promise<CheckVerdict> {
  const decision: Decision = { verdict: undefined };
  const interpret = (result: CheckResult): Verdict => {
    if (result === true) return true;
    if (result === false) return FAILED;
    return typeof result === 'string' ? result : decision.verdict;
  };
  const take = (thrown: unknown): CheckVerdict =>
    isControlFlow(thrown) ? new Interruption(thrown, decision.verdict) : describeThrown(thrown);
  try {
    const result = run(decision);
    if (result instanceof Promise) return result.then(interpret, take);
    return interpret(result);
  } catch (thrown) {
    return take(thrown);
  }
}

function describeThrown(thrown: unknown): string {
  return describeException(thrown, '').message;
}

function createCheckedResponse(response: HttpResponse, decision: Decision): CheckedResponse {
  return {
    status: response.status,
    ok: response.ok,
    url: response.url,
    history: response.history,
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
    ...createVerdicts(decision),
  };
}

function createVerdicts(decision: Decision): Pick<CheckedResponse, 'success' | 'failure'> {
  return {
    success() {
      decision.verdict = true;
    },
    failure(reason) {
      // Scripts in JavaScript may leave it out.
      decision.verdict = typeof reason === 'string' ? reason : FAILED;
    },
  };
}
