import { type ArgDefinition, type ArgValue } from '@loadts/core';
import { type Problem, showValue } from './problem.ts';

/** An argument of which everything is known. */
export interface ScriptArg extends Required<Pick<ArgDefinition, 'type' | 'secret' | 'help'>> {
  readonly name: string;
  readonly fallback: ArgValue | undefined;
  readonly choices: readonly ArgValue[] | undefined;
}

export interface ArgDefinitions {
  readonly args: readonly ScriptArg[];
  readonly problems: readonly Problem[];
}

const TYPES: readonly unknown[] = ['string', 'number', 'boolean'];
const KEYS = ['type', 'default', 'choices', 'help', 'secret'];
const SOURCE = "the script's args";

/** Reads the script's export named `args`, which can hold anything where the script is JavaScript. */
export function readArgDefinitions(exported: unknown): ArgDefinitions {
  if (exported === undefined) return { args: [], problems: [] };
  if (!isObject(exported)) {
    const text = `${SOURCE}: ${showValue(exported)} is not an object of arguments`;
    return { args: [], problems: [{ text, hint: "write an object such as { tenant: { default: 'a' } }" }] };
  }
  const read = Object.entries(exported).map(([name, definition]) => readDefinition(name, definition));
  return {
    args: read.flatMap((result) => ('name' in result ? [result] : [])),
    problems: read.flatMap((result) => ('text' in result ? [result] : [])),
  };
}

function readDefinition(name: string, definition: unknown): ScriptArg | Problem {
  const wrong = (text: string, hint: string): Problem => ({ text: `${SOURCE}: ${name} ${text}`, hint });
  if (!/^[a-zA-Z][a-zA-Z0-9]*$/.test(name)) return wrong('is not a name', 'use letters and digits only');
  if (!isObject(definition)) return wrong('is not an object', "write { type: 'string', default: 'a' }");
  const unknown = Object.keys(definition).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) return wrong(`has an unknown field ${unknown}`, `use ${KEYS.join(', ')}`);
  return readValues(name, definition, wrong);
}

function readValues(
  name: string,
  definition: Readonly<Record<string, unknown>>,
  wrong: (text: string, hint: string) => Problem,
): ScriptArg | Problem {
  const { default: fallback, choices, secret = false, help = '' } = definition;
  const type = definition['type'] ?? (fallback === undefined ? 'string' : typeof fallback);
  if (!TYPES.includes(type)) return wrong('has no type', "use type: 'string', 'number' or 'boolean'");
  const fits = (value: unknown): boolean => typeof value === type;
  if (choices !== undefined && !isListOf(choices, fits)) {
    return wrong('has choices that are not a list of its type', 'correct the choices or the type');
  }
  const allowed: readonly unknown[] = choices ?? [fallback];
  if (fallback !== undefined && !(fits(fallback) && allowed.includes(fallback))) {
    return wrong('has a default that is no value of it', 'give one of its type and choices');
  }
  return { name, type, fallback, choices, secret: secret === true, help } as ScriptArg;
}

function isListOf(value: unknown, fits: (element: unknown) => boolean): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0 && value.every(fits);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
