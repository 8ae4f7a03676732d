import { get as httpGet, type IncomingMessage } from 'node:http';
import { get as httpsGet } from 'node:https';
import { setTimeout as delay } from 'node:timers/promises';
import { LoadtsError } from '@loadts/core';
import type { RunConfig } from '../config/run-config.ts';

export interface WaitForOptions {
  readonly url: string;
  /** What the body has to hold: a health endpoint may answer 200 "not_ready". */
  readonly match: string | undefined;
  readonly timeoutMs: number;
  readonly insecure: boolean;
  /** Told what the target answers, whenever that changes. */
  readonly onAnswer: (answer: string) => void;
}

/**
 * The URL to poll, where there is one.
 * @throws LoadtsError `CONFIG_INVALID` or `HOST_MISSING` where it is not clear what to wait for
 */
export function resolveWaitFor(
  { waitFor, waitForMatch }: Pick<RunConfig, 'waitFor' | 'waitForMatch'>,
  host: string | undefined,
): string | undefined {
  if (waitFor === undefined) {
    if (waitForMatch === undefined) return undefined;
    throw new LoadtsError('CONFIG_INVALID', `--wait-for-match "${waitForMatch}" has nothing to look at`, {
      hint: 'add --wait-for with the URL whose answer should hold it',
    });
  }
  if (!waitFor.startsWith('/')) return waitFor;
  if (host !== undefined) return host.replace(/\/+$/, '') + waitFor;
  throw new LoadtsError('HOST_MISSING', `--wait-for ${waitFor} has no host`, {
    hint: 'add --host, or give --wait-for a whole URL',
  });
}

const POLL_MS = 500;
const ANSWER_TIMEOUT_MS = 5_000;
/** More of a body is not looked at. */
const MAX_BODY = 1024 * 1024;

/**
 * Polls until the target answers with a 2xx status, and with the text if one is asked for.
 * @throws LoadtsError `TARGET_NOT_READY`, or the signal's reason
 */
export async function waitForTarget(options: WaitForOptions, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + options.timeoutMs;
  let last = '';
  for (;;) {
    const problem = await ask(options, signal);
    signal.throwIfAborted();
    if (problem === undefined) return;
    if (problem !== last) options.onAnswer(problem);
    last = problem;
    if (performance.now() + POLL_MS > deadline) throw createTimeout(options, problem);
    await delay(POLL_MS, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}

function createTimeout({ url, timeoutMs }: WaitForOptions, problem: string): LoadtsError {
  return new LoadtsError(
    'TARGET_NOT_READY',
    `${url} was not ready within ${timeoutMs / 1_000} s: ${problem}`,
    { hint: 'check that the target starts there, or give it more time with --wait-for-timeout' },
  );
}

/** @returns what is missing; undefined where the target is ready */
async function ask(
  { url, match, insecure }: WaitForOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
    const { status, body } = await fetchText(url, insecure, limit);
    if (status < 200 || status > 299) return `HTTP ${status}`;
    return match === undefined || body.includes(match) ? undefined : `the answer does not hold ${match}`;
  } catch (error) {
    const { name, code, message } = error as NodeJS.ErrnoException;
    return name === 'AbortError' ? `no answer within ${ANSWER_TIMEOUT_MS / 1_000} s` : (code ?? message);
  }
}

async function fetchText(
  url: string,
  insecure: boolean,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly body: string }> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const isTls = url.toLowerCase().startsWith('https:');
    const request = isTls
      ? httpsGet(url, { signal, agent: false, rejectUnauthorized: !insecure }, resolve)
      : httpGet(url, { signal, agent: false }, resolve);
    request.once('error', reject);
  });
  let body = '';
  response.setEncoding('utf8');
  for await (const chunk of response as AsyncIterable<string>) {
    body += chunk;
    if (body.length > MAX_BODY) break;
  }
  return { status: response.statusCode ?? 0, body };
}
