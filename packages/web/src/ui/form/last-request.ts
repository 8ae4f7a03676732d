import type { StartRequest } from '@loadts/protocol';

const KEY = 'loadts-last-start';

/** What this page started last, without what was secret in it; nothing where the browser kept nothing. */
export function readLastRequest(): StartRequest {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as StartRequest;
  } catch {
    return {};
  }
}

/** @param secrets names of arguments that are not kept */
export function keepLastRequest(request: StartRequest, secrets: readonly string[]): void {
  const args = Object.entries(request.args ?? {}).filter(([name]) => !secrets.includes(name));
  const kept = request.args ? { ...request, args: Object.fromEntries(args) } : request;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Private windows keep nothing: the next run has what the command was told.
  }
}
