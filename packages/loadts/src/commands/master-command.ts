import { randomBytes } from 'node:crypto';
import type { CommandLine } from '../config/parse-command-line.ts';
import { NetworkWorkerSource } from '../network/network-worker-source.ts';
import { readMasterTls } from '../network/read-tls.ts';
import { resolveToken } from '../network/resolve-token.ts';
import type { Terminal } from '../terminal.ts';
import { executeRun } from './execute-run.ts';

/** `loadts master`: a run on workers that connect over the network. @returns the exit code */
export function masterCommand(commandLine: CommandLine, terminal: Terminal): Promise<number> {
  return executeRun(commandLine, terminal, async ({ config }) => {
    const token = await resolveToken(config, config.masterBindHost);
    return new NetworkWorkerSource({
      ...config,
      token: token ?? randomBytes(24).toString('hex'),
      isTokenNew: token === undefined,
      tls: await readMasterTls(config),
    });
  });
}
