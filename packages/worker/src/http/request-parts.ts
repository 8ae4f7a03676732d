import { type HttpMethod, LoadtsError, parseDurationMs, type RequestOptions } from '@loadts/core';
import type { RequestParts } from './http-connection.ts';
import { encodeAuth, type HeaderList, mergeHeaders } from './request-headers.ts';
import type { RequestTarget } from './request-target.ts';

const DEFAULT_TIMEOUT_MS = 60_000;
/** Longer timers of Node fire at once. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;
const NO_OPTIONS: RequestOptions = {};

const DEFAULT_MAX_REDIRECTS = 30;

/** A request, and what becomes of it when it is redirected. */
export interface RequestPlan extends RequestParts {
  readonly maxRedirects: number;
}

/** What the requests of a user have in common. */
export interface RequestDefaults {
  readonly headers: HeaderList;
  readonly maxRedirects: number;
}

interface EncodedBody {
  readonly bytes: string | Uint8Array;
  readonly contentType: string | undefined;
}

/** @throws LoadtsError `REQUEST_INVALID` where the options contradict each other. */
export function createRequestParts(
  method: HttpMethod,
  target: RequestTarget,
  defaults: RequestDefaults,
  options: RequestOptions = NO_OPTIONS,
): RequestPlan {
  const body = encodeBody(options);
  const authorization = options.auth ? encodeAuth(options.auth) : target.authorization;
  return {
    options: {
      method,
      path: target.path,
      headers: mergeHeaders(
        defaults.headers,
        options.headers,
        listExtra(body?.contentType, authorization),
      ) as string[],
      body: body?.bytes ?? null,
      // Otherwise undici closes the connection after each HEAD.
      reset: false,
      // Only for pipelining, and costs a look at undici's queue for each response.
      blocking: false,
    },
    timeoutMs: readTimeoutMs(options.timeout),
    repeatable: true,
    maxRedirects:
      options.maxRedirects === undefined ? defaults.maxRedirects : readMaxRedirects(options.maxRedirects),
  };
}

function listExtra(
  contentType: string | undefined,
  authorization: string | undefined,
): HeaderList | undefined {
  if (contentType === undefined && authorization === undefined) return undefined;
  const extra = contentType === undefined ? [] : ['content-type', contentType];
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

function readTimeoutMs(timeout: RequestOptions['timeout']): number {
  return timeout === undefined ? DEFAULT_TIMEOUT_MS : Math.min(parseDurationMs(timeout), LONGEST_TIMEOUT_MS);
}

function encodeBody(options: RequestOptions): EncodedBody | undefined {
  const { json, form, body } = options;
  // Most requests have none: no list is made for them.
  if (json === undefined && form === undefined && body === undefined) return undefined;
  const given = (['json', 'form', 'body'] as const).filter((name) => options[name] !== undefined);
  if (given.length > 1) {
    throw new LoadtsError('REQUEST_INVALID', `a request has ${given.join(' and ')}`, {
      hint: 'give one of json, form and body',
    });
  }
  if (json !== undefined) return { bytes: JSON.stringify(json), contentType: 'application/json' };
  if (form !== undefined)
    return { bytes: encodeForm(form), contentType: 'application/x-www-form-urlencoded' };
  return body === undefined ? undefined : { bytes: body, contentType: undefined };
}

function encodeForm(form: NonNullable<RequestOptions['form']>): string {
  const fields = new URLSearchParams();
  for (const [name, values] of Object.entries(form)) {
    for (const value of Array.isArray(values) ? values : [values]) fields.append(name, String(value));
  }
  return fields.toString();
}
