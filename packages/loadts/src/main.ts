import { PACKAGE_VERSION } from '@loadts/protocol';
import { formatCliError } from './cli-error.ts';
import { compareCommand } from './commands/compare-command.ts';
import { findCommand } from './commands/find-command.ts';
import { initCommand } from './commands/init-command.ts';
import { masterCommand } from './commands/master-command.ts';
import { reportCommand } from './commands/report-command.ts';
import { runCommand } from './commands/run-command.ts';
import { workerCommand } from './commands/worker-command.ts';
import type { CommandName } from './config/commands.ts';
import { type CommandLine, parseCommandLine } from './config/parse-command-line.ts';
import { exitCodeFor, exitCodeForError } from './exit-codes.ts';
import { type Terminal, wantsColor } from './terminal.ts';

/** Carries a command out. @returns the exit code @throws LoadtsError for what a person can solve */
type RunCommand = (commandLine: CommandLine, terminal: Terminal) => Promise<number>;

const COMMAND_RUNNERS: Readonly<Record<CommandName, RunCommand>> = {
  run: runCommand,
  find: findCommand,
  master: masterCommand,
  worker: workerCommand,
  compare: compareCommand,
  report: reportCommand,
  init: initCommand,
};

/** The `loadts` command. Never throws. @returns the exit code */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = parseCommandLine(argv, PACKAGE_VERSION);
    if (command.name !== 'print') return await COMMAND_RUNNERS[command.name](command, terminal);
    terminal.stdout.write(command.text);
    return exitCodeFor({});
  } catch (error) {
    const { stderr, env } = terminal;
    stderr.write(`${formatCliError(error, { color: wantsColor(stderr, env) })}\n`);
    return exitCodeForError(error);
  }
}
