import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { Clock } from '@loadts/core';
import { splitCredentials } from './split-credentials.ts';

export interface PushOptions {
  /** The names of the files are added to its path; what follows a question mark stays. */
  readonly url: string;
  readonly clock: Clock;
  /** Told once for each file that could not be delivered. */
  readonly onProblem: (problem: string) => void;
}

const WAITS_MS = [1_000, 3_000];
const TIMEOUT_MS = 30_000;

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
};

/** PUTs each file to the URL, with three tries. What cannot be delivered is a warning: the file is still here. */
export async function pushFiles(paths: readonly string[], options: PushOptions): Promise<void> {
  for (const path of paths) {
    const target = targetOf(options.url, basename(path));
    const problem = await push(path, target, options.clock);
    if (problem !== undefined) {
      options.onProblem(
        `--report-url: ${path} could not be delivered to ${withoutSecrets(target)}: ${problem}`,
      );
    }
  }
}

async function push(path: string, url: string, clock: Clock): Promise<string | undefined> {
  for (let attempt = 0; ; attempt++) {
    const problem = await put(path, url);
    const waitMs = WAITS_MS[attempt];
    if (problem === undefined || waitMs === undefined) return problem;
    await new Promise<void>((resolve) => {
      clock.schedule(waitMs, resolve);
    });
  }
}

async function put(path: string, address: string): Promise<string | undefined> {
  const { url, headers } = splitCredentials(address);
  try {
    const response = await fetch(url, {
      method: 'PUT',
      headers: { ...headers, 'content-type': CONTENT_TYPES[extname(path)] ?? 'application/octet-stream' },
      body: await readFile(path),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `HTTP ${response.status}`;
  } catch (error) {
    const { cause, message } = error as Error & { readonly cause?: Error };
    return cause?.message || message;
  }
}

function targetOf(url: string, name: string): string {
  const parsed = new URL(url);
  parsed.pathname = `${parsed.pathname.replace(/\/+$/, '')}/${encodeURIComponent(name)}`;
  return parsed.href;
}

/** Signatures and passwords are no business of a log. */
function withoutSecrets(url: string): string {
  const parsed = new URL(url);
  return `${parsed.origin}${parsed.pathname}`;
}
