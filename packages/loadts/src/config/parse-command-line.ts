import { suggest } from '@loadts/core';
import { type Command, CommanderError } from 'commander';
import { COMMANDS, type CommandArgument, type CommandDefinition, type CommandName } from './commands.ts';
import { looksLikeScript } from './looks-like-script.ts';
import { prepareArguments } from './prepare-arguments.ts';
import { configError, type Problem } from './problem.ts';
import { createProgram } from './program.ts';

/** What a command line asks for: a text to print and exit 0 (`-h`, `-V`, no arguments), or a command. */
export type ParsedCommand = { readonly name: 'print'; readonly text: string } | CommandLine;

/** A command as it was typed. Its values are raw, and its problems are for the command to report. */
export interface CommandLine {
  readonly name: CommandName;
  /** What stood without a flag, or its fallback: the script of `run`. */
  readonly argument: string;
  /** What stood after it, for a command that takes several. */
  readonly further?: readonly string[];
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
  const unknown = (name === 'help' ? [name, ...rest.slice(0, 1)] : [name]).find((word) => !isKnown(word));
  if (unknown !== undefined) throw configError([unknownCommand(unknown)]);
  const definition = findCommand(name);
  const { args, problems } = prepareArguments(rest, definition?.options ?? [], name);
  const { program, printed, refusal } = runProgram([name, ...args], version);
  const command = program.commands.find((candidate) => candidate.name() === name);
  if (definition === undefined || command === undefined || refusal?.exitCode === 0) {
    return { name: 'print', text: printed };
  }
  const { argument, further, others } = readOperands(command.args, definition, refusal !== undefined);
  return {
    name: definition.name,
    argument,
    ...(further && { further }),
    values: command.opts(),
    problems: [
      ...problems,
      ...describeRefusal(refusal, name),
      ...others.map((arg) => unexpected(arg, argument, definition.argument)),
    ],
  };
}

interface Operands extends Pick<CommandLine, 'argument' | 'further'> {
  /** What the command has no use for. */
  readonly others: readonly string[];
}

function readOperands(
  args: readonly string[],
  { argument: expected }: CommandDefinition,
  wasRefused: boolean,
): Operands {
  // Commander leaves what it refused among the operands.
  const operands = wasRefused ? args.filter((arg) => !arg.startsWith('-')) : args;
  if (!expected) return { argument: '', others: operands };
  const [argument = expected.fallback, ...others] = operands;
  return expected.many ? { argument, further: others, others: [] } : { argument, others };
}

interface ProgramResult {
  readonly program: Command;
  readonly printed: string;
  /** Why commander stopped; its exit code is 0 where it printed what was asked for. */
  readonly refusal: CommanderError | undefined;
}

function runProgram(args: readonly string[], version: string): ProgramResult {
  let printed = '';
  const program = createProgram(version, (text) => {
    printed += text;
  });
  try {
    program.parse(args, { from: 'user' });
    return { program, printed, refusal: undefined };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { program, printed, refusal: error };
  }
}

function findCommand(name: string): CommandDefinition | undefined {
  return COMMANDS.find((command) => command.name === name);
}

function isKnown(word: string): boolean {
  return PRINTING.includes(word) || findCommand(word) !== undefined;
}

/** What only shows inside a group of short options: `-lu` without a value, `-lx`. */
function describeRefusal(refusal: CommanderError | undefined, command: string): Problem[] {
  if (refusal === undefined) return [];
  return [{ text: refusal.message.replace(/^error: /, ''), hint: `see loadts ${command} --help` }];
}

function unexpected(arg: string, first: string, expected: CommandArgument | undefined): Problem {
  if (!expected) {
    return {
      text: `unexpected argument ${JSON.stringify(arg)}`,
      hint: 'this command takes options only; a worker gets its script from its master',
    };
  }
  const { name } = expected;
  return {
    text: `unexpected argument ${JSON.stringify(arg)} after the ${name} ${first}`,
    hint: `write one ${name} only`,
  };
}

function unknownCommand(name: string): Problem {
  if (looksLikeScript(name)) {
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
