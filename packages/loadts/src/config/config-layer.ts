import { suggest } from '@loadts/core';
import { type CommandOption, optionKey } from './option.ts';
import { type Problem, showValue } from './problem.ts';

/** One source of options: the script, the configuration file, the environment or the command line. */
export interface ConfigLayer {
  /** Raw values by option key. Undefined and null are not set. */
  readonly values: Readonly<Record<string, unknown>>;
  /** Where the value of an option stands, in the words of a message. */
  readonly locate: (option: CommandOption<unknown>) => string;
  readonly problems: readonly Problem[];
}

/** What a person has filled into a form: it goes before all else. */
export interface FormLayer extends ConfigLayer {
  /** Keys of options that it takes away from all other sources. */
  readonly cleared: readonly string[];
}

/** The layer of an object that a person wrote. `source` is such as `loadts.config.json`. */
export function objectLayer(
  source: string,
  content: unknown,
  options: readonly CommandOption<unknown>[],
): ConfigLayer {
  const locate = (option: CommandOption<unknown>): string => `${source}: ${optionKey(option)}`;
  if (content === undefined || content === null) return { values: {}, locate, problems: [] };
  if (!isPlainObject(content)) {
    const text = `${source}: ${showValue(content)} is not an object of options`;
    return { values: {}, locate, problems: [{ text, hint: 'write an object such as { users: 10 }' }] };
  }
  const problems = Object.keys(content).flatMap((key) => checkKey(key, source, options));
  return { values: content, locate, problems };
}

function checkKey(key: string, source: string, options: readonly CommandOption<unknown>[]): Problem[] {
  const option = options.find((candidate) => optionKey(candidate) === key);
  if (option === undefined) {
    const keys = options.filter((candidate) => !candidate.commandLineOnly).map(optionKey);
    return [
      { text: `${source}: ${key} is not an option`, hint: suggest(key, keys, 'see loadts run --help') },
    ];
  }
  if (!option.commandLineOnly) return [];
  return [{ text: `${source}: ${key} is for the command line only`, hint: 'remove it' }];
}

function isPlainObject(content: unknown): content is Readonly<Record<string, unknown>> {
  return typeof content === 'object' && content !== null && !Array.isArray(content);
}
