import { type HttpAuth, LoadtsError } from '@loadts/core';
import { checkHeader } from './check-header.ts';

/** Names and values in turn: the form that undici handles fastest. Names are in lower case. */
export type HeaderList = readonly string[];

/**
 * Own headers come before extra ones, those before the defaults.
 * @throws LoadtsError `REQUEST_INVALID` for a header that cannot be sent.
 */
export function mergeHeaders(
  defaults: HeaderList,
  own: Readonly<Record<string, string>> | undefined,
  extra?: HeaderList,
): HeaderList {
  if (!own && !extra) return defaults;
  const merged = new Map<string, string>();
  for (const list of [defaults, extra ?? []]) {
    for (let i = 0; i < list.length; i += 2) merged.set(list[i] as string, list[i + 1] as string);
  }
  for (const [name, value] of Object.entries(own ?? {})) {
    checkHeader(name, value);
    merged.set(name.toLowerCase(), value);
  }
  return [...merged].flat();
}

/** Those headers whose name is kept. */
export function filterHeaders(headers: HeaderList, keeps: (name: string) => boolean): HeaderList {
  return headers.filter((_, index) => keeps(headers[index - (index % 2)] as string));
}

/** The value of the `authorization` header. @throws LoadtsError `REQUEST_INVALID` */
export function encodeAuth(auth: HttpAuth): string {
  const { username, password, bearer } = auth;
  if (bearer === undefined && typeof username === 'string' && typeof password === 'string') {
    return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  }
  if (typeof bearer !== 'string') {
    throw new LoadtsError('REQUEST_INVALID', 'auth has no bearer, and not both of username and password', {
      hint: 'give { username, password } or { bearer }',
    });
  }
  checkHeader('authorization', bearer);
  return `Bearer ${bearer}`;
}
