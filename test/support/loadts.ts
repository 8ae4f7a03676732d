import { type ChildProcess, type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../packages/loadts/dist/bin.js', import.meta.url));
const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

const STDIO: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
const INHERITED = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

export interface FinishedCommand {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCommand {
  readonly process: ChildProcess;
  readonly finished: Promise<FinishedCommand>;
  /** Resolves when standard output or error holds this text; rejects where the command ends without it. */
  printed(text: string): Promise<void>;
}

export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts the real command, as a person would, without colours and a terminal. */
export function startLoadts(args: readonly string[], options: CommandOptions = {}): RunningCommand {
  const { cwd = EXAMPLES, env } = options;
  return watch(spawn(process.execPath, [BIN, ...args], { cwd, env: createEnv(env), stdio: STDIO }));
}

function createEnv(env: CommandOptions['env'] = {}): NodeJS.ProcessEnv {
  return { ...INHERITED, LOADTS_NO_RUN_FILE: 'true', ...env };
}

function watch(child: ChildProcessByStdio<null, Readable, Readable>): RunningCommand {
  const output = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text;
    });
  }
  const finished = once(child, 'close').then(([exitCode]) => ({
    exitCode: exitCode as number | null,
    ...output,
  }));
  return {
    process: child,
    finished,
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if ((output.stdout + output.stderr).includes(text)) resolve();
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.once('close', () => {
          look();
          reject(new Error(`ended without printing ${text}:\n${output.stdout}${output.stderr}`));
        });
        look();
      }),
  };
}

/** The same where no file may grow beyond so many KiB, as if the disk were full. */
export function runLimited(fileKib: number, args: readonly string[]): Promise<FinishedCommand> {
  const limited = ['-c', `ulimit -f ${fileKib} && exec "$0" "$@"`, process.execPath, BIN, ...args];
  return watch(spawn('bash', limited, { cwd: EXAMPLES, env: createEnv(), stdio: STDIO })).finished;
}

export function runLoadts(args: readonly string[], options: CommandOptions = {}): Promise<FinishedCommand> {
  return startLoadts(args, options).finished;
}

/** One line of the printed table of requests. */
export interface PrintedEntry {
  readonly requests: number;
  readonly failures: number;
}

const ENTRY = /^(\S*) +(\S.*?) +(\d+) +(\d+) +\([\d.]+%\) │/;

/** What the summary says of each entry, by `METHOD name`; the total as `Aggregated`. */
export function readSummary(stdout: string): Record<string, PrintedEntry> {
  const entries: Record<string, PrintedEntry> = {};
  for (const line of stdout.split('\n')) {
    const [, method, name, requests, failures] = ENTRY.exec(line) ?? [];
    if (name === undefined) continue;
    entries[`${method} ${name}`.trim()] = { requests: Number(requests), failures: Number(failures) };
  }
  return entries;
}

/** Writes a script into a folder of its own; `remove` deletes it. */
export async function writeScript(
  code: string,
  name: string = 'load.ts',
): Promise<{ path: string; folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'loadts-test-'));
  const path = join(folder, name);
  await writeFile(path, code);
  return { path, folder, remove: () => rm(folder, { recursive: true, force: true }) };
}
