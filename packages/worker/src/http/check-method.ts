import { LoadtsError } from '@loadts/core';

const USUAL: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']);
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;

/** HOT. @throws LoadtsError `REQUEST_INVALID` for a method that cannot be sent: scripts in JavaScript may give any. */
export function checkMethod(method: unknown): void {
  if (USUAL.has(method as string)) return;
  if (typeof method === 'string' && TOKEN.test(method) && method !== 'CONNECT') return;
  throw new LoadtsError('REQUEST_INVALID', `the method ${JSON.stringify(method)} cannot be sent`, {
    hint: `use one of ${[...USUAL].join(', ')}`,
  });
}
