import { suggest } from '@loadts/core';
import { looksLikeScript } from './looks-like-script.ts';
import { type CommandOption, isSwitch, longFlag, needsValue, shortFlag } from './option.ts';
import { isBooleanWord } from './parse-value.ts';
import type { Problem } from './problem.ts';

/** Arguments that commander parses without an objection, and what was wrong with the others. */
export interface PreparedArguments {
  readonly args: readonly string[];
  readonly problems: readonly Problem[];
}

interface Step {
  readonly args?: readonly string[];
  readonly problem?: Problem;
  /** How many arguments this step has dealt with. */
  readonly used: 1 | 2;
}

const ALWAYS_KNOWN = ['-h', '--help', '-V', '--version'];

/**
 * Takes out unknown options and options without their value, since commander stops at the first of them.
 * Attaches the value of a switch, since commander would take the script after `--headless` for it.
 */
export function prepareArguments(
  argv: readonly string[],
  options: readonly CommandOption<unknown>[],
  command: string,
): PreparedArguments {
  const flags = new Map(
    options.flatMap((option) => [shortFlag(option), longFlag(option)].map((flag) => [flag, option])),
  );
  const args: string[] = [];
  const problems: Problem[] = [];
  let index = 0;
  while (index < argv.length && argv[index] !== '--') {
    const step = takeArgument(argv[index] as string, argv[index + 1], { command, flags });
    args.push(...(step.args ?? []));
    if (step.problem !== undefined) problems.push(step.problem);
    index += step.used;
  }
  return { args: [...args, ...argv.slice(index)], problems };
}

type Flags = ReadonlyMap<string | undefined, CommandOption<unknown>>;

interface Known {
  readonly command: string;
  readonly flags: Flags;
}

function takeArgument(arg: string, next: string | undefined, known: Known): Step {
  const { flags } = known;
  const option = flags.get(arg);
  if (option !== undefined && needsValue(option)) {
    if (next === undefined || isKnown(next, flags)) {
      return {
        problem: {
          text: `${longFlag(option)} has no value`,
          hint: `write ${option.flags.replace(/^-\w, /, '')}`,
        },
        used: 1,
      };
    }
    return { args: [arg, next], used: 2 };
  }
  if (option !== undefined && isSwitch(option)) {
    if (next !== undefined && isBooleanWord(next)) return { args: [`${longFlag(option)}=${next}`], used: 2 };
    return { args: [`${longFlag(option)}=true`], used: 1 };
  }
  if (takesNothing(arg, flags)) {
    return { problem: { text: `${arg} has a value, but it takes none`, hint: 'leave it out' }, used: 1 };
  }
  if (!looksLikeFlag(arg) || isKnown(arg, flags)) return { args: [arg], used: 1 };
  return refuse(arg, next, known);
}

function refuse(arg: string, next: string | undefined, { command, flags }: Known): Step {
  const name = flagOf(arg, flags);
  const known = [...flags.keys(), ...ALWAYS_KNOWN].filter((flag) => flag !== undefined && flag.length > 2);
  const hint = suggest(name, known as string[], `see loadts ${command} --help for all options`);
  // Its value must not be taken for the script, nor the script for its value.
  const skipsNext = name === arg && next !== undefined && !looksLikeFlag(next) && !looksLikeScript(next);
  return { problem: { text: `unknown option ${name}`, hint }, used: skipsNext ? 2 : 1 };
}

/** The flag alone of `--users=5`, `-u5`, a group such as `-lu5`, and of `-users`, which lacks a dash. */
function flagOf(arg: string, flags: Flags): string {
  const name = arg.split('=', 1)[0] as string;
  return name.startsWith('--') || flags.has(`-${name}`) ? name : name.slice(0, 2);
}

/** `--list=true`, where `--list` alone is all there is. */
function takesNothing(arg: string, flags: Flags): boolean {
  const option = arg.includes('=') ? flags.get(flagOf(arg, flags)) : undefined;
  return option !== undefined && !needsValue(option) && !isSwitch(option);
}

function isKnown(arg: string, flags: Flags): boolean {
  const name = flagOf(arg, flags);
  return flags.has(name) || ALWAYS_KNOWN.includes(name);
}

function looksLikeFlag(arg: string): boolean {
  return /^-[^\d.]/.test(arg);
}
