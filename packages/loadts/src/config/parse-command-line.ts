import { type Command, CommanderError } from 'commander';
import { COMMANDS, type CommandDefinition } from './commands.ts';
import { suggest } from './nearest-name.ts';
import { prepareArguments } from './prepare-arguments.ts';
import { configError, type Problem } from './problem.ts';
import { createProgram, DEFAULT_SCRIPT } from './program.ts';

/** What a command line asks for: a text to print and exit 0 (`-h`, `-V`, no arguments), or a command. */
export type ParsedCommand = { readonly name: 'print'; readonly text: string } | RunCommandLine;

/** `loadts run` as it was typed. Its values are raw, and its problems are for `resolveRunConfig` to report. */
export interface RunCommandLine {
  readonly name: CommandDefinition['name'];
  readonly script: string;
  /** Raw values by option key. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
}

const PRINTING = ['-h', '--help', '-V', '--version', 'help'];

/**
 * Reads the arguments after `loadts`. Problems with options are collected, not thrown.
 * @throws LoadtsError `CONFIG_INVALID` where the first argument is no command.
 */
export function parseCommandLine(argv: readonly string[], version: string): ParsedCommand {
  const [name = '--help', ...rest] = argv;
  const definition = COMMANDS.find((command) => command.name === name);
  if (definition === undefined && !PRINTING.includes(name)) throw configError([unknownCommand(name)]);
  const prepared = prepareArguments(rest, definition?.options ?? []);
  const problems = [...prepared.problems];
  let printed = '';
  const program = createProgram(version, (text) => {
    printed += text;
  });
  try {
    program.parse([name, ...prepared.args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { name: 'print', text: printed };
    problems.push({ text: error.message.replace(/^error: /, ''), hint: 'see loadts --help' });
  }
  const command = program.commands.find((candidate) => candidate.name() === name);
  if (definition === undefined || command === undefined) throw configError(problems);
  return readCommand(definition, command, problems);
}

function readCommand(
  definition: CommandDefinition,
  command: Command,
  problems: readonly Problem[],
): RunCommandLine {
  const [script = DEFAULT_SCRIPT, ...others] = command.args;
  const unexpected = others.map((arg) => ({
    text: `unexpected argument ${JSON.stringify(arg)} after the script ${script}`,
    hint: `write one script: loadts ${definition.name} ${script}`,
  }));
  return { name: definition.name, script, values: command.opts(), problems: [...problems, ...unexpected] };
}

function unknownCommand(name: string): Problem {
  if (/\.[cm]?[jt]s$/.test(name)) {
    return { text: `${JSON.stringify(name)} is not a command`, hint: `did you mean loadts run ${name}?` };
  }
  const hint = name.startsWith('-')
    ? 'the command comes first: loadts run load.ts --users 10'
    : suggest(
        name,
        COMMANDS.map((command) => command.name),
        'see loadts --help for the commands',
      );
  return { text: `${JSON.stringify(name)} is not a command`, hint };
}
