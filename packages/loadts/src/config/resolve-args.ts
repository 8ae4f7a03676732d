import { type Args, type ArgValue, suggest } from '@loadts/core';
import { type Problem, showValue } from './problem.ts';
import type { ScriptArg } from './read-arg-definitions.ts';

/** Begins the variables that set arguments of a script. */
export const ARG_PREFIX = 'LOADTS_ARG_';

export interface ResolvedArgs {
  readonly args: Args;
  readonly problems: readonly Problem[];
  /** One for each argument that has no value. */
  readonly missing: readonly Problem[];
}

interface Given {
  readonly arg: ScriptArg;
  readonly text: string;
  /** Where it stands, in the words of a message. */
  readonly source: string;
}

const WORDS: Readonly<Record<string, boolean>> = { true: true, '1': true, false: false, '0': false };

/** `LOADTS_ARG_API_KEY` for `apiKey`. */
export function argVariable(name: string): string {
  return ARG_PREFIX + name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase();
}

/** The value of each argument: from `--arg name=value`, else the environment, else its default. */
export function resolveArgs(
  definitions: readonly ScriptArg[],
  pairs: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): ResolvedArgs {
  const problems: Problem[] = [];
  const missing: Problem[] = [];
  const values = new Map<string, ArgValue | undefined>(
    definitions.map(({ name, fallback }) => [name, fallback]),
  );
  const given = [...readEnvironment(definitions, env), ...readPairs(definitions, pairs, problems)];
  for (const item of given) {
    const value = parse(item.arg, item.text);
    if (value === undefined) problems.push(describe(item));
    values.set(item.arg.name, value ?? '');
  }
  for (const { name, help } of definitions) {
    if (values.get(name) !== undefined) continue;
    const meaning = help === '' ? '' : ` (${help})`;
    const hint = `add --arg ${name}=..., or set ${argVariable(name)}`;
    missing.push({ text: `the script's argument ${name}${meaning} has no value`, hint });
  }
  return { args: Object.fromEntries(values) as Args, problems, missing };
}

/** All arguments in one line, without secrets. */
export function showArgs(definitions: readonly ScriptArg[], args: Args): string {
  return definitions.map(({ name, secret }) => `${name}=${secret ? '***' : String(args[name])}`).join(', ');
}

function readEnvironment(
  definitions: readonly ScriptArg[],
  env: Readonly<Record<string, string | undefined>>,
): Given[] {
  return definitions.flatMap((arg) => {
    const text = env[argVariable(arg.name)];
    // As for options, an empty variable is not set.
    return text === undefined || text === '' ? [] : [{ arg, text, source: argVariable(arg.name) }];
  });
}

function readPairs(
  definitions: readonly ScriptArg[],
  pairs: readonly string[],
  problems: Problem[],
): Given[] {
  const names = definitions.map(({ name }) => name);
  return pairs.flatMap((pair) => {
    const [name = ''] = pair.split('=', 1);
    const arg = definitions.find((candidate) => candidate.name === name);
    // The value is not shown: it may be the secret of a name that is misspelt.
    if (arg && pair.includes('=')) {
      return [{ arg, text: pair.slice(name.length + 1), source: `--arg ${name}` }];
    }
    if (arg) problems.push({ text: `--arg ${name} has no value`, hint: `write --arg ${name}=value` });
    else {
      const advice = names.length > 0 ? `it has ${names.join(', ')}` : 'it exports no args';
      const text = `--arg ${name}: the script has no such argument`;
      problems.push({ text, hint: suggest(name, names, advice) });
    }
    return [];
  });
}

function parse({ type, choices }: ScriptArg, text: string): ArgValue | undefined {
  const value = convert(type, text);
  return choices === undefined || choices.includes(value as ArgValue) ? value : undefined;
}

function convert(type: ScriptArg['type'], text: string): ArgValue | undefined {
  if (type === 'string') return text;
  if (type === 'boolean') return WORDS[text.trim().toLowerCase()];
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
}

function describe({ arg, text, source }: Given): Problem {
  const { type, choices, secret } = arg;
  const seen = secret ? '***' : showValue(text);
  if (choices !== undefined && !secret) {
    const words = choices.map(String);
    const hint = suggest(text, words, `use one of ${words.join(', ')}`);
    return { text: `${source}: ${seen} is not one of the choices`, hint };
  }
  const hint = type === 'boolean' ? 'use true, false, 1 or 0' : `give a ${type} that it allows`;
  return { text: `${source}: ${seen} is not a ${type} that the script allows`, hint };
}
