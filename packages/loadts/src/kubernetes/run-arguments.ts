import type { ConfigLayer } from '../config/config-layer.ts';
import { type CommandOption, isSwitch, longFlag, optionKey } from '../config/option.ts';

/** The options that some layer sets, as arguments for a container. The earlier layers win. */
export function runArguments(
  options: readonly CommandOption<unknown>[],
  layers: readonly Pick<ConfigLayer, 'values'>[],
): string[] {
  return options.flatMap((option) => {
    const values = layers.map((layer) => layer.values[optionKey(option)]);
    const given = values.find((value) => value !== undefined && value !== null);
    return given === undefined ? [] : argumentsOf(option, given).map(escapeReferences);
  });
}

function argumentsOf(option: CommandOption<unknown>, value: unknown): string[] {
  const flag = longFlag(option);
  if (Array.isArray(value)) {
    const texts = value.map(String);
    return option.repeatable ? texts.map((text) => `${flag}=${text}`) : [`${flag}=${texts.join(',')}`];
  }
  return isSwitch(option) && value === true ? [flag] : [`${flag}=${String(value)}`];
}

/** Kubernetes would put a variable in the place of `$(NAME)`. */
function escapeReferences(text: string): string {
  return text.replaceAll('$(', '$$$$(');
}
