import { PACKAGE_VERSION } from '@loadts/protocol';
import { formatCliError } from './cli-error.ts';
import type { CommandName } from './config/commands.ts';
import { type CommandLine, parseCommandLine } from './config/parse-command-line.ts';
import { exitCodeFor, exitCodeForError } from './exit-codes.ts';
import { type Terminal, wantsColor } from './terminal.ts';

/** Carries a command out. @returns the exit code @throws LoadtsError for what a person can solve */
type RunCommand = (commandLine: CommandLine, terminal: Terminal) => Promise<number>;

/** Each is read when it is asked for: a worker starts sooner without what a master needs. */
const COMMAND_LOADERS: Readonly<Record<CommandName, () => Promise<RunCommand>>> = {
  run: async () => (await import('./commands/run-locally.ts')).runLocally,
  find: async () => (await import('./commands/find-command.ts')).findCommand,
  master: async () => (await import('./commands/master-command.ts')).masterCommand,
  worker: async () => (await import('./commands/worker-command.ts')).workerCommand,
  compare: async () => (await import('./commands/compare-command.ts')).compareCommand,
  report: async () => (await import('./commands/report-command.ts')).reportCommand,
  init: async () => (await import('./commands/init-command.ts')).initCommand,
  kubernetes: async () => (await import('./commands/kubernetes-command.ts')).kubernetesCommand,
};

/** The `loadts` command. Never throws. @returns the exit code */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = parseCommandLine(argv, PACKAGE_VERSION);
    if (command.name !== 'print') {
      const run = await COMMAND_LOADERS[command.name]();
      return await run(command, terminal);
    }
    terminal.stdout.write(command.text);
    return exitCodeFor({});
  } catch (error) {
    const { stderr, env } = terminal;
    stderr.write(`${formatCliError(error, { color: wantsColor(stderr, env) })}\n`);
    return exitCodeForError(error);
  }
}
