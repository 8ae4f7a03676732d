import { Argument, Command, Option } from 'commander';
import { COMMANDS, type CommandArgument, type CommandDefinition } from './commands.ts';
import { describeOption, helpFooter } from './help-text.ts';
import { type CommandOption, OPTION_GROUPS } from './option.ts';

/** All commands, for commander. It throws where it would end the process and hands what it prints to `write`. */
export function createProgram(version: string, write: (text: string) => void): Command {
  // A fixed width, so that help in a log looks like help in a terminal.
  const width = (): number => 80;
  const program = new Command('loadts')
    .description('Load tests in TypeScript: many users, exact percentiles, one verdict.')
    .version(version, '-V, --version', 'show the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand('help [command]', 'show the help of a command')
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write, getOutHelpWidth: width, getErrHelpWidth: width })
    .addHelpText('after', '\nStart here:\n  loadts run load.ts -H http://localhost:8000 -u 10 -t 30s');
  for (const definition of COMMANDS) addCommand(program, definition);
  return program;
}

function addCommand(program: Command, definition: CommandDefinition): void {
  const { argument, notes, examples } = definition;
  const command = program
    .command(definition.name)
    .description(definition.summary)
    .allowExcessArguments()
    .action(() => {});
  if (argument) {
    command.addArgument(createArgument(argument));
  }
  for (const group of OPTION_GROUPS) {
    const options = definition.options.filter((option) => option.group === group);
    for (const option of options) command.addOption(createOption(option));
  }
  command.addHelpOption(new Option('-h, --help', 'show this help').helpGroup('Other:'));
  command.addHelpText('after', helpFooter(notes, examples));
}

function createArgument({ name, help, fallback, many }: CommandArgument): Argument {
  // Nothing is the default of nothing.
  if (fallback === '') return new Argument(many ? `[${name}...]` : `[${name}]`, help);
  return new Argument(many ? `[${name}...]` : `[${name}]`, help).default(
    many ? [fallback] : fallback,
    fallback,
  );
}

function collect(value: string, before: unknown): string[] {
  return Array.isArray(before) ? [...before, value] : [value];
}

function createOption(option: CommandOption<unknown>): Option {
  const result = new Option(option.flags, describeOption(option)).helpGroup(option.group);
  // `--no-progress` is a switch like any other, not the opposite of a `--progress`.
  result.negate = false;
  if (option.repeatable) result.argParser(collect);
  return result;
}
