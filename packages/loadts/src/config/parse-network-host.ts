import { isIPv6 } from 'node:net';
import type { Parsed } from './parse-value.ts';

/** A host name or address without scheme and port. */
export function parseNetworkHost(raw: unknown): Parsed<string> {
  const text = typeof raw === 'string' ? raw.trim().replace(/^\[(.*)\]$/, '$1') : '';
  if (/^[\w.-]+$/.test(text) || isIPv6(text)) return { value: text };
  return {
    wrong: 'is not a host name or address',
    hint: 'write it without scheme and port, such as 10.0.0.5 or loadtest.internal; the port is an option of its own',
  };
}

/** Names that a server may be called by: a list, or one text with spaces or commas between them. */
export function hostNames(raw: unknown): Parsed<readonly string[]> {
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const names = parts.flatMap((part) => String(part).split(/[\s,]+/)).filter((name) => name !== '');
  const wrong = names.find((name) => !/^[\w.-]+$/.test(name));
  if (names.length > 0 && wrong === undefined) return { value: names };
  return {
    wrong: 'is not a list of host names',
    hint: 'write them without scheme and port, such as loadtest.internal',
  };
}

/** Whether only this machine can reach it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
