import { PACKAGE_VERSION } from '@loadts/protocol';
import { formatCliError } from './cli-error.ts';
import { runCommand } from './commands/run-command.ts';
import { parseCommandLine } from './config/parse-command-line.ts';
import { exitCodeFor, exitCodeForError } from './exit-codes.ts';
import { type Terminal, wantsColor } from './terminal.ts';

/** The `loadts` command. Never throws. @returns the exit code */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = parseCommandLine(argv, PACKAGE_VERSION);
    if (command.name === 'run') return await runCommand(command, terminal);
    terminal.stdout.write(command.text);
    return exitCodeFor({});
  } catch (error) {
    const { stderr, env } = terminal;
    stderr.write(`${formatCliError(error, { color: wantsColor(stderr, env) })}\n`);
    return exitCodeForError(error);
  }
}
