import type { ConfigLayer } from './config-layer.ts';
import { type CommandOption, optionKey } from './option.ts';
import type { OptionTable } from './option-table.ts';
import { type Problem, showValue } from './problem.ts';

/** The values of a table of options and all that was wrong with them. */
export interface ResolvedOptions<Values> {
  /** Complete; a default stands in where a value was wrong. */
  readonly values: Values;
  readonly problems: readonly Problem[];
  /** The fields that some layer has set. */
  readonly given: ReadonlySet<keyof Values>;
}

/** Takes each option from the first layer that sets it. Checks the others too, so that every problem shows. */
export function resolveOptions<Values extends object>(
  table: OptionTable<Values>,
  layers: readonly ConfigLayer[],
): ResolvedOptions<Values> {
  const problems = layers.map((layer) => [...layer.problems]);
  const given = new Set<keyof Values>();
  const resolveField = (field: keyof Values): unknown => {
    const option = table[field];
    let result: { readonly value: unknown } | undefined;
    for (const [index, layer] of layers.entries()) {
      const read = readOption(option, layer);
      if (read === undefined) continue;
      if ('value' in read) result ??= read;
      else problems[index]?.push(read);
    }
    if (result !== undefined) given.add(field);
    return result === undefined ? option.fallback : result.value;
  };
  const fields = Object.keys(table) as (keyof Values)[];
  const values = Object.fromEntries(fields.map((field) => [field, resolveField(field)])) as Values;
  return { values, problems: problems.flat(), given };
}

/** A layer's value of an option or what is wrong with it; undefined where the layer does not set it. */
function readOption(
  option: CommandOption<unknown>,
  layer: ConfigLayer,
): { readonly value: unknown } | Problem | undefined {
  const raw = layer.values[optionKey(option)];
  if (raw === undefined || raw === null) return undefined;
  const parsed = option.parse(raw);
  if ('value' in parsed) return parsed;
  return { text: `${layer.locate(option)}: ${showValue(raw)} ${parsed.wrong}`, hint: parsed.hint };
}
