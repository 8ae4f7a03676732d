import type { TransportError } from '@loadts/core';
import type { Exchange } from './exchange.ts';
import { filterHeaders, type HeaderList, mergeHeaders } from './request-headers.ts';
import type { RequestPlan } from './request-plan.ts';
import { describeUrl, type RequestTarget } from './request-target.ts';
import type { TimeLimits } from './time-limits.ts';
import { createTimeoutError } from './transport-error.ts';

const FOLLOWED: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const ABOUT_BODY = /^content-/;
const FOR_ONE_ORIGIN: ReadonlySet<string> = new Set(['authorization', 'cookie', 'host']);

/** The next request of a chain of redirects. @returns undefined where the response is final, an error where it should be followed and cannot be */
export function planRedirect(exchange: Exchange, nowUs: number): RequestPlan | TransportError | undefined {
  const { status, plan, trail } = exchange;
  const [location] = exchange.rawValues('location');
  if (!plan || plan.maxRedirects === 0 || !FOLLOWED.has(status) || location === undefined) return undefined;
  if ((trail?.hops.length ?? 0) >= plan.maxRedirects) {
    return fail('TOO_MANY_REDIRECTS', `more than ${plan.maxRedirects} redirects`);
  }
  const target = parseLocation(location, exchange.url);
  if (!target) return fail('REDIRECT_INVALID', 'redirected to what is no HTTP URL');
  const method = followingMethod(status, plan.options.method);
  if (method === plan.options.method && !plan.repeatable) {
    return fail('BODY_NOT_REPEATABLE', 'redirected with a body that can be sent only once');
  }
  if (isOver(plan.limits, nowUs - exchange.callUs)) return createTimeoutError('total', plan.limits);
  return followingPlan(plan, method, target, exchange.url);
}

function fail(code: string, message: string): TransportError {
  return { kind: 'protocol', code, message };
}

function isOver({ totalMs }: TimeLimits, goneUs: number): boolean {
  return totalMs > 0 && goneUs >= totalMs * 1_000;
}

function parseLocation(location: string, base: string): RequestTarget | undefined {
  // What a header holds are bytes; servers that put no ASCII there mean UTF-8.
  const text = Buffer.from(location, 'latin1').toString('utf8');
  if (!URL.canParse(text, base)) return undefined;
  const url = new URL(text, base);
  return /^https?:$/.test(url.protocol) ? describeUrl(url) : undefined;
}

/** As browsers do: a form that was posted is answered with a page to GET. */
function followingMethod(status: number, method: string): string {
  const becomesGet = status === 303 ? method !== 'HEAD' : status < 303 && method === 'POST';
  return becomesGet ? 'GET' : method;
}

function followingPlan(plan: RequestPlan, method: string, target: RequestTarget, from: string): RequestPlan {
  const hasBody = method === plan.options.method;
  const staysAtHome = target.origin === new URL(from).origin;
  const kept = filterHeaders(plan.options.headers as HeaderList, (name) => {
    if (!hasBody && ABOUT_BODY.test(name)) return false;
    return staysAtHome || !FOR_ONE_ORIGIN.has(name);
  });
  const { path, authorization } = target;
  const headers = mergeHeaders(
    kept,
    undefined,
    authorization === undefined ? undefined : ['authorization', authorization],
  );
  const options = {
    ...plan.options,
    method,
    path,
    headers,
    body: hasBody ? (plan.options.body ?? null) : null,
  };
  const repeatable = plan.repeatable || !hasBody;
  return { ...plan, target, repeated: undefined, repeatable, options: options as RequestPlan['options'] };
}
