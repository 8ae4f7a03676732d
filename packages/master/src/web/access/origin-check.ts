import { WebError } from '../web-error.ts';

/** The headers of a request by name. */
export type ReadHeader = (name: string) => string | undefined;

/**
 * Lets a page change something only where it came from this server. Programs send none of these headers.
 * @throws WebError `ORIGIN_REFUSED`
 */
export function checkOrigin(header: ReadHeader): void {
  const origin = header('origin');
  const site = header('sec-fetch-site');
  const isOwn = origin === undefined || originHost(origin) === header('host')?.toLowerCase();
  const isSameSite = site === undefined || site === 'same-origin' || site === 'none';
  if (isOwn && isSameSite) return;
  throw new WebError(
    'ORIGIN_REFUSED',
    `a page of ${JSON.stringify((origin ?? 'another site').slice(0, 200))} may not change anything here`,
    'use the page that loadts serves, or a program that sends no Origin header',
  );
}

/** @throws WebError `BODY_NOT_JSON`: forms of other sites cannot send JSON without being asked first. */
export function checkJson(header: ReadHeader): void {
  const type = header('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/json') return;
  throw new WebError(
    'BODY_NOT_JSON',
    type ? `the body is ${JSON.stringify(type.slice(0, 100))}, not JSON` : 'the body has no content type',
    "add the header 'content-type: application/json'",
  );
}

function originHost(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
