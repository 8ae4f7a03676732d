import { readFile } from 'node:fs/promises';
import { LoadtsError } from '@loadts/core';
import type { TokenConfig } from '../config/network-config.ts';
import { isLoopback } from '../config/parse-network-host.ts';
import { readLocalToken } from './local-token.ts';

/**
 * The token that was given, directly or in a file. Where none was and all stays on this machine, the one that all
 * programs of this user share; else undefined.
 * @throws LoadtsError `CONFIG_INVALID` for a file that holds none
 */
export async function resolveToken(
  { token, tokenFile }: TokenConfig,
  host: string,
): Promise<string | undefined> {
  if (token !== undefined) return token;
  if (tokenFile !== undefined) return await readTokenFile(tokenFile);
  return isLoopback(host) ? await readLocalToken() : undefined;
}

/** @throws LoadtsError `CONFIG_INVALID` for a file that holds none */
export async function readTokenFile(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new LoadtsError('CONFIG_INVALID', `the token cannot be read: ${reason}`, {
      hint: 'give --token-file a file that holds the token and nothing else',
      cause,
    });
  });
  if (text.trim() !== '') return text.trim();
  throw new LoadtsError('CONFIG_INVALID', `the token file ${path} is empty`, {
    hint: 'write the token into it, on the master and on every worker the same',
  });
}
