import { randomBytes } from 'node:crypto';
import type { TokenConfig } from '../config/network-config.ts';
import { isLoopback } from '../config/parse-network-host.ts';
import type { RunConfig } from '../config/run-config.ts';
import { readTokenFile } from '../network/resolve-token.ts';

/** What the web UI asks for. */
export interface WebToken {
  readonly text: string;
  /** Whether nobody knows it yet. */
  readonly isNew: boolean;
}

/**
 * The token that was given, or a new one; none where only this machine can reach the web UI.
 * @throws LoadtsError `CONFIG_INVALID` for a file that holds none
 */
export async function resolveWebToken(
  config: TokenConfig & Pick<RunConfig, 'webHost'>,
): Promise<WebToken | undefined> {
  const { token, tokenFile, webHost } = config;
  if (isLoopback(webHost)) return undefined;
  if (token !== undefined) return { text: token, isNew: false };
  if (tokenFile !== undefined) return { text: await readTokenFile(tokenFile), isNew: false };
  return { text: randomBytes(24).toString('hex'), isNew: true };
}
