import { LoadtsError, type QueryValue } from '@loadts/core';
import { encodeAuth } from './request-headers.ts';
import {
  fillUrlTemplate,
  nameAfterTemplate,
  parseUrlTemplate,
  type UrlParams,
  type UrlTemplate,
} from './url-template.ts';

/** Where a request goes, and the name that it is counted under unless it has one. Nothing here tells a password. */
export interface RequestTarget {
  readonly origin: string;
  /** Path and query, as sent. */
  readonly path: string;
  readonly name: string;
  readonly url: string;
  /** The header that the user and the password in the URL make. */
  readonly authorization: string | undefined;
}

type Query = Readonly<Record<string, QueryValue | readonly QueryValue[]>>;

/** Targets remembered; scripts that make up ever new URLs must not fill the memory. */
const MAX_CACHED = 2_000;

/** HOT: resolves URLs against a user's host, and remembers those without a query or values of their own. */
export class TargetResolver {
  readonly #host: string | undefined;
  #cache = new Map<string, RequestTarget>();
  readonly #templates = new Map<string, UrlTemplate & { readonly name: string }>();

  constructor(host: string | undefined) {
    this.#host = host;
  }

  /** @throws LoadtsError `HOST_MISSING` for a path without a host, `REQUEST_INVALID` for what is no URL. */
  resolve(url: string, query?: Query, params?: UrlParams): RequestTarget {
    if (params) return this.#fill(url, query ?? {}, params);
    if (query) return resolveTarget(this.#host, url, query);
    const known = this.#cache.get(url);
    if (known) return known;
    if (this.#cache.size >= MAX_CACHED) this.#cache = new Map();
    const target = resolveTarget(this.#host, url, {});
    this.#cache.set(url, target);
    return target;
  }

  #fill(url: string, query: Query, params: UrlParams): RequestTarget {
    let template = this.#templates.get(url);
    if (!template) {
      const parsed = parseUrlTemplate(url);
      const name = nameAfterTemplate(parsed, (filled) => resolveTarget(this.#host, filled, {}).name);
      template = { ...parsed, name };
      if (this.#templates.size >= MAX_CACHED) this.#templates.clear();
      this.#templates.set(url, template);
    }
    const target = resolveTarget(this.#host, fillUrlTemplate(template, params), query);
    return { ...target, name: template.name };
  }
}

function resolveTarget(host: string | undefined, url: string, query: Query): RequestTarget {
  const isAbsolute = /^https?:\/\//i.test(url);
  if (!isAbsolute && host === undefined) {
    throw new LoadtsError('HOST_MISSING', `"${url}" has no host`, {
      hint: 'give one with --host, or set static host on the user class',
    });
  }
  const resolved = parse(isAbsolute ? url : joinPath(host as string, url));
  for (const [name, values] of Object.entries(query)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      resolved.searchParams.append(name, String(value));
    }
  }
  return describeUrl(resolved, isAbsolute ? resolved.origin + resolved.pathname : resolved.pathname);
}

/** An HTTP URL as a target. */
export function describeUrl(url: URL, name: string = url.pathname): RequestTarget {
  const path = url.pathname + url.search;
  return { origin: url.origin, path, name, url: url.origin + path, authorization: readCredentials(url) };
}

function readCredentials({ username, password }: URL): string | undefined {
  if (username === '' && password === '') return undefined;
  return encodeAuth({ username: decode(username), password: decode(password) });
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function joinPath(host: string, path: string): string {
  return `${host.replace(/\/+$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
}

function parse(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // A host without its scheme parses too: localhost becomes the scheme.
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new LoadtsError('REQUEST_INVALID', `"${hideCredentials(text)}" is not an HTTP URL`, {
    hint: 'use a path such as /users with a host such as http://localhost:8000, or a whole URL',
  });
}

function hideCredentials(text: string): string {
  return text.replace(/[^/@]*:[^/@]*@/, '***@');
}
