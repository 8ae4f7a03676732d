import { type AnyOptions, type HttpMethod, LoadtsError } from '@loadts/core';
import { checkLength } from './check-length.ts';
import { checkMethod } from './check-method.ts';
import type { EncodedBody } from './encoded-body.ts';
import { encodeBody } from './request-body.ts';
import { encodeAuth, type HeaderList, mergeHeaders } from './request-headers.ts';
import type { RequestPlan } from './request-plan.ts';
import type { RequestTarget } from './request-target.ts';
import { readTimeLimits, type TimeLimits } from './time-limits.ts';

const DEFAULT_MAX_REDIRECTS = 30;

/** What a request has unless it says otherwise. */
export interface RequestDefaults {
  readonly headers: HeaderList;
  readonly limits: TimeLimits;
  readonly maxRedirects: number;
}

/** @throws LoadtsError `REQUEST_INVALID` for what cannot be sent, or contradicts itself. */
export function createPlan(
  method: HttpMethod,
  target: RequestTarget,
  defaults: RequestDefaults,
  options: AnyOptions,
): RequestPlan {
  checkMethod(method);
  const body = encodeBody(options);
  if (options.headers) checkLength(options.headers, body);
  const authorization = options.auth ? encodeAuth(options.auth) : target.authorization;
  return {
    options: {
      method,
      path: target.path,
      headers: mergeHeaders(defaults.headers, options.headers, listExtra(body, authorization)) as string[],
      body: (body?.content as Uint8Array | undefined) ?? null,
      // Otherwise undici closes the connection after each HEAD.
      reset: false,
      // Only for pipelining, and costs a look at undici's queue for each response.
      blocking: false,
    },
    limits: readTimeLimits(options.timeout, defaults.limits),
    repeatable: body?.repeatable ?? true,
    repeated: undefined,
    target,
    maxRedirects:
      options.maxRedirects === undefined ? defaults.maxRedirects : readMaxRedirects(options.maxRedirects),
  };
}

/** HOT: the headers of a body and of an authorization, `undefined` where there are neither. */
function listExtra(body: EncodedBody | undefined, authorization: string | undefined): HeaderList | undefined {
  if (body === undefined && authorization === undefined) return undefined;
  const extra: string[] = [];
  if (body?.contentType !== undefined) extra.push('content-type', body.contentType);
  if (body?.contentLength !== undefined) extra.push('content-length', String(body.contentLength));
  if (authorization !== undefined) extra.push('authorization', authorization);
  return extra;
}

/** @throws LoadtsError `REQUEST_INVALID` for what is no number of redirects. */
export function readMaxRedirects(maxRedirects: number | undefined): number {
  if (maxRedirects === undefined) return DEFAULT_MAX_REDIRECTS;
  if (Number.isInteger(maxRedirects) && maxRedirects >= 0) return maxRedirects;
  throw new LoadtsError('REQUEST_INVALID', `maxRedirects is ${String(maxRedirects)}`, {
    hint: 'give a whole number, or 0 to follow no redirect',
  });
}
