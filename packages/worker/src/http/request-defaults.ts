import type { HttpSettings } from '@loadts/core';
import { PACKAGE_VERSION } from '@loadts/protocol';
import { ACCEPTED_ENCODINGS } from './content-encoding.ts';
import { encodeAuth, type HeaderList, mergeHeaders } from './request-headers.ts';
import { type RequestDefaults, readMaxRedirects } from './request-parts.ts';
import type { TimeLimits } from './time-limits.ts';

const DEFAULT_HEADERS: HeaderList = [
  'user-agent',
  `loadts/${PACKAGE_VERSION}`,
  'accept',
  '*/*',
  'accept-encoding',
  ACCEPTED_ENCODINGS,
];

/** What requests of a user class have unless they say otherwise. @throws LoadtsError `REQUEST_INVALID` */
export function readRequestDefaults(settings: HttpSettings, limits: TimeLimits): RequestDefaults {
  const { headers, maxRedirects, auth } = settings;
  return {
    headers: mergeHeaders(DEFAULT_HEADERS, headers, auth && ['authorization', encodeAuth(auth)]),
    limits,
    maxRedirects: readMaxRedirects(maxRedirects),
  };
}
