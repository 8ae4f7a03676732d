import { validateHeaderName, validateHeaderValue } from 'node:http';
import { type HttpMethod, LoadtsError, parseDurationMs, type RequestOptions } from '@loadts/core';
import type { RequestParts } from './http-connection.ts';
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

/** Names and values in turn: the form that undici handles fastest. */
export type HeaderList = readonly string[];

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
  return {
    options: {
      method,
      path: target.path,
      headers: mergeHeaders(defaults.headers, options.headers, body?.contentType),
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

/** @throws LoadtsError `REQUEST_INVALID` for a header that cannot be sent. */
export function mergeHeaders(
  defaults: HeaderList,
  own: RequestOptions['headers'],
  contentType?: string,
): string[] {
  if (!own && contentType === undefined) return defaults as string[];
  const merged = new Map<string, string>();
  for (let i = 0; i < defaults.length; i += 2) merged.set(defaults[i] as string, defaults[i + 1] as string);
  if (contentType !== undefined) merged.set('content-type', contentType);
  for (const [name, value] of Object.entries(own ?? {})) {
    checkHeader(name, value);
    merged.set(name.toLowerCase(), value);
  }
  return [...merged].flat();
}

function checkHeader(name: string, value: string): void {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  } catch (cause) {
    throw new LoadtsError('REQUEST_INVALID', `the header ${JSON.stringify(name)} cannot be sent`, {
      hint: 'check it for spaces in the name and for line breaks in the value',
      cause,
    });
  }
}
