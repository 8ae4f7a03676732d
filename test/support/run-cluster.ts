import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type RunningCommand, startLoadts } from './loadts.ts';

/** A port that nothing listens on. */
async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

/** A master and workers that share a port and a home folder, as on one machine. */
export interface Cluster {
  readonly port: number;
  master(...args: readonly string[]): RunningCommand;
  worker(...args: readonly string[]): RunningCommand;
  /** Ends what still runs. */
  close(): Promise<void>;
}

export async function createCluster(): Promise<Cluster> {
  const port = await findFreePort();
  const home = await mkdtemp(join(tmpdir(), 'loadts-test-'));
  const commands: RunningCommand[] = [];
  const start = (args: readonly string[]): RunningCommand => {
    const command = startLoadts(args, { env: { HOME: home } });
    commands.push(command);
    return command;
  };
  return {
    port,
    master: (...args) => start(['master', '--headless', '--master-bind-port', String(port), ...args]),
    worker: (...args) => start(['worker', '--master-port', String(port), ...args]),
    async close() {
      for (const { process } of commands) process.kill('SIGKILL');
      await Promise.all(commands.map(({ finished }) => finished));
      await rm(home, { recursive: true, force: true });
    },
  };
}
