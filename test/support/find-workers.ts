import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { RunningCommand } from './loadts.ts';

/** The process ids of the local workers of a running command. */
export async function findWorkers(command: RunningCommand): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pid=', '--ppid', String(command.process.pid)]);
  return stdout.trim().split(/\s+/).map(Number);
}
