import { LoadtsError } from '../errors.ts';
import { DeclaredFeeder } from './declared-feeder.ts';
import type { Feeder, FeederFormat, FeederOptions } from './feeder.ts';
import { readFeederOptions } from './read-feeder-options.ts';

/**
 * The one piece of module state: `csv()` runs while a script's module is evaluated, where nothing can be handed to it,
 * and the feeder need not be exported. Undefined once a script is loaded. Scripts are loaded one after the other.
 */
let declared: DeclaredFeeder[] | undefined = [];

/** Loads a script and finds its feeders, in the order in which they were declared: the same on every machine. */
export async function collectFeeders<Exports>(
  load: () => Promise<Exports>,
): Promise<{ readonly exports: Exports; readonly feeders: readonly DeclaredFeeder[] }> {
  const feeders: DeclaredFeeder[] = [];
  declared = feeders;
  try {
    return { exports: await load(), feeders };
  } finally {
    declared = undefined;
  }
}

/**
 * Rows of a CSV file, whose first line names the columns; all values are texts. The path is relative to the script.
 * @throws LoadtsError `FEEDER_MISUSED` anywhere but at module level.
 */
export function csv<Row extends { readonly [Column in keyof Row]: string } = Record<string, string>>(
  file: string,
  options: FeederOptions = {},
): Feeder<Row> {
  return declare('csv', file, options) as Feeder<Row>;
}

/**
 * The elements of a JSON file that holds one array of at most 64 MiB. The path is relative to the script.
 * @throws LoadtsError `FEEDER_MISUSED` anywhere but at module level.
 */
export function json<Row = unknown>(file: string, options: FeederOptions = {}): Feeder<Row> {
  return declare('json', file, options) as Feeder<Row>;
}

/**
 * The lines of a file, each of them a JSON value. The path is relative to the script.
 * @throws LoadtsError `FEEDER_MISUSED` anywhere but at module level.
 */
export function jsonl<Row = unknown>(file: string, options: FeederOptions = {}): Feeder<Row> {
  return declare('jsonl', file, options) as Feeder<Row>;
}

function declare(format: FeederFormat, file: string, options: FeederOptions): Feeder<unknown> {
  if (!declared) {
    throw new LoadtsError('FEEDER_MISUSED', `${format}('${file}') was called after the script was loaded`, {
      hint: `put it at the top level of the script: const rows = ${format}('${file}')`,
    });
  }
  const feeder = new DeclaredFeeder(readFeederOptions(format, file, options));
  declared.push(feeder);
  return feeder;
}
