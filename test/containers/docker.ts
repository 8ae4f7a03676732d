import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs the docker command. @returns what it printed */
export async function docker(...args: readonly string[]): Promise<string> {
  const { stdout } = await execute('docker', args, { maxBuffer: 2 ** 26 });
  return stdout.trim();
}

/** How a command in a container of its own ended. */
export interface ContainerResult {
  readonly exitCode: number;
  readonly output: string;
}

/** `docker run --rm` with these arguments, whatever its exit code. */
export async function dockerRun(...args: readonly string[]): Promise<ContainerResult> {
  return await new Promise((resolve) => {
    execFile('docker', ['run', '--rm', ...args], { maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : Number(error.code);
      resolve({ exitCode, output: stdout + stderr });
    });
  });
}
