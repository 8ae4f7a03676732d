import { LoadtsError, parseDurationMs, type SpawnRate, suggest } from '@loadts/core';
import { TEXT_LIMITS } from '@loadts/protocol';

/** A validated value, or what is wrong with the raw one (to be read after it) and what to do. */
export type Parsed<Value> = { readonly value: Value } | { readonly wrong: string; readonly hint: string };

/** Reads a raw text of the command line or the environment, or a JSON value of a configuration file. */
export type ParseValue<Value> = (raw: unknown) => Parsed<Value>;

// Timers hold 31 bits of milliseconds; a longer one would fire at once.
const MAX_DURATION_MS = 2 ** 31 - 1;
const MAX_ARRIVALS = 10_000_000;

export function wholeNumber(min: number, max: number): ParseValue<number> {
  return (raw) => {
    const text = asText(raw);
    const value = Number(text);
    if (text === undefined || !/^-?\d+$/.test(text)) {
      return { wrong: 'is not a whole number', hint: `use a whole number from ${min} to ${max}` };
    }
    if (value < min) return { wrong: 'is too small', hint: `use a whole number of at least ${min}` };
    if (value > max) return { wrong: 'is too large', hint: `use a whole number of at most ${max}` };
    return { value };
  };
}

/** A number of processes, or `auto`. */
export function wholeNumberOrAuto(min: number, max: number): ParseValue<number | 'auto'> {
  const parseNumber = wholeNumber(min, max);
  return (raw) => {
    if (asText(raw)?.toLowerCase() === 'auto') return { value: 'auto' };
    const parsed = parseNumber(raw);
    return 'value' in parsed ? parsed : { ...parsed, hint: `${parsed.hint}, or auto` };
  };
}

export function spawnRate(raw: unknown): Parsed<SpawnRate> {
  const text = asText(raw)?.toLowerCase();
  if (text === 'all') return { value: 'all' };
  const value = Number(text);
  if (text === undefined || !/^\d*\.?\d+$/.test(text) || value === 0 || value > Number.MAX_SAFE_INTEGER) {
    return {
      wrong: 'is not a spawn rate',
      hint: 'use the number of users to start each second, such as 10 or 0.5, or all',
    };
  }
  return { value };
}

/** Iterations started each second. */
export function arrivalsPerSecond(raw: unknown): Parsed<number> {
  const text = asText(raw);
  const value = Number(text);
  if (text !== undefined && /^\d*\.?\d+$/.test(text) && value > 0 && value <= MAX_ARRIVALS) return { value };
  return {
    wrong: 'is not a rate',
    hint: `use the number of iterations to start each second, such as 500 or 0.5, up to ${MAX_ARRIVALS}`,
  };
}

/** A duration in milliseconds, from seconds or a text such as `1h30m`. */
export function duration(minMs: number): ParseValue<number> {
  return (raw) => {
    const parsed = readDuration(raw);
    if (!('value' in parsed)) return parsed;
    if (parsed.value < minMs) return { wrong: 'is too short', hint: 'use a time such as 20, 30s or 1h30m' };
    if (parsed.value > MAX_DURATION_MS) return { wrong: 'is too long', hint: 'use at most 596h' };
    return parsed;
  };
}

function readDuration(raw: unknown): Parsed<number> {
  try {
    return { value: parseDurationMs(asText(raw) ?? '') };
  } catch (error) {
    if (!(error instanceof LoadtsError)) throw error;
    return { wrong: 'is not a duration', hint: error.hint ?? '' };
  }
}

const WORD_VALUES = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** Whether a text can stand for true or false. */
export function isBooleanWord(text: string): boolean {
  return WORD_VALUES.has(text.trim().toLowerCase());
}

export function trueOrFalse(raw: unknown): Parsed<boolean> {
  const value = WORD_VALUES.get(asText(raw)?.toLowerCase() ?? '');
  return value === undefined
    ? { wrong: 'is neither true nor false', hint: 'use true, false, 1 or 0' }
    : { value };
}

/** One of a few words, in upper or lower case. */
export function oneOf<Word extends string>(words: readonly Word[]): ParseValue<Word> {
  return (raw) => {
    const text = asText(raw)?.toLowerCase() ?? '';
    const value = words.find((word) => word === text);
    if (value !== undefined) return { value };
    const choices = `use ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
    return { wrong: 'is not one of the choices', hint: suggest(text, words, choices) };
  };
}

/** The name of an exported class. */
export function className(raw: unknown): Parsed<string> {
  if (typeof raw === 'string' && isClassName(raw.trim())) return { value: raw.trim() };
  return { wrong: 'is not the name of a class', hint: 'use the name under which the script exports it' };
}

/** Names of classes: a list, or one text with spaces or commas between them. */
export function classNames(raw: unknown): Parsed<readonly string[]> {
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const texts = parts.filter((part) => typeof part === 'string');
  const names = texts.flatMap((text) => text.split(/[\s,]+/)).filter((name) => name !== '');
  const wrong = names.find((name) => !isClassName(name));
  if (names.length > 0 && wrong === undefined && texts.length === parts.length) {
    return { value: names };
  }
  return wrong?.includes('.')
    ? {
        wrong: `holds ${wrong}, which is not the name of a class`,
        hint: 'write the script before the options',
      }
    : {
        wrong: 'is not a list of class names',
        hint: 'use names as the script exports them, such as Shopper Admin',
      };
}

/** Names of the script's scenarios: a list, or one text with spaces or commas between them. */
export function scenarioNames(raw: unknown): Parsed<readonly string[]> {
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const texts = parts.filter((part) => typeof part === 'string');
  const names = texts.flatMap((text) => text.split(/[\s,]+/)).filter((name) => name !== '');
  if (names.length > 0 && texts.length === parts.length) return { value: names };
  return {
    wrong: 'is not a list of scenarios',
    hint: 'use names as the script has them, such as browse buy',
  };
}

/** Any text but an empty one. */
export function someText(raw: unknown): Parsed<string> {
  if (typeof raw === 'string' && raw !== '') return { value: raw };
  return { wrong: 'is not a text', hint: 'write some text' };
}

/** A list of any texts. */
export function texts(raw: unknown): Parsed<readonly string[]> {
  if (Array.isArray(raw) && raw.every((text) => typeof text === 'string')) return { value: raw };
  return { wrong: 'is not a list of texts', hint: 'write a list of texts' };
}

/** Tags of tasks: a list, or one text with spaces or commas between them. */
export function tagNames(raw: unknown): Parsed<readonly string[]> {
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const names = parts.flatMap((part) => String(part).split(/[\s,]+/)).filter((name) => name !== '');
  const fits = names.length <= 1_000 && names.every((name) => name.length <= TEXT_LIMITS.tag);
  if (names.length > 0 && fits && parts.every((part) => typeof part === 'string')) return { value: names };
  return {
    wrong: 'is not a list of tags',
    hint: 'use the names that @tag has in the script, such as read slow',
  };
}

function isClassName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name);
}

/** The name of a file; whether it can be written shows later. */
export function fileName(raw: unknown): Parsed<string> {
  if (typeof raw === 'string' && raw.trim() !== '') return { value: raw };
  return { wrong: 'is not the name of a file', hint: 'use a path such as loadts.log' };
}

/** Names of files: a list, or one of them. */
export function fileNames(raw: unknown): Parsed<readonly string[]> {
  const parts: readonly unknown[] = Array.isArray(raw) ? raw : [raw];
  const names = parts.map(fileName);
  const wrong = names.find((parsed) => 'wrong' in parsed);
  if (wrong) return wrong;
  return { value: names.flatMap((parsed) => ('value' in parsed ? parsed.value : [])) };
}

function asText(raw: unknown): string | undefined {
  if (typeof raw === 'string') return raw.trim();
  return typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
}
