import { ApiError, readError } from './api-error.ts';

/** Relative, so that a proxy may serve the page under any path. */
export const API = 'api/v1/';

/** Reads something. Throws an `ApiError` where the server refuses, and where nobody answers. */
export function getJson<Answer>(path: string): Promise<Answer> {
  return call<Answer>(path, {
    headers: { accept: 'application/json' },
    // A master that hangs would hold on to the few connections that a browser has.
    signal: AbortSignal.timeout(15_000),
  });
}

/** Asks for a change. Throws an `ApiError` where the server refuses, and where nobody answers. */
export function postJson(path: string, body: object = {}): Promise<unknown> {
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  return call<unknown>(path, { method: 'POST', headers, body: JSON.stringify(body) });
}

async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(API + path, { ...init, credentials: 'same-origin', cache: 'no-store' }).catch(
    () => {
      throw new ApiError(0, {
        code: 'UNREACHABLE',
        message: 'the master does not answer',
        hint: 'look whether its process still runs, and try again',
      });
    },
  );
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 401) location.assign('login');
  if (!response.ok) throw readError(response.status, body);
  return body as Answer;
}
