import { inspectValue } from '../user/inspect-value.ts';
import {
  FEEDER_ENDS,
  FEEDER_ORDERS,
  type FeederDefinition,
  type FeederEnd,
  type FeederFormat,
  type FeederOrder,
} from './feeder.ts';

/** Reads the arguments of `csv()` and its like; a script may be JavaScript, so they can be anything. */
export function readFeederOptions(format: FeederFormat, file: unknown, options: unknown): FeederDefinition {
  const isObject = typeof options === 'object' && options !== null;
  const { order, onEnd, ...others } = (isObject ? options : {}) as Readonly<Record<string, unknown>>;
  const problems: string[] = [];
  if (typeof file !== 'string' || file === '') problems.push(`the file is ${inspectValue(file)}: name it`);
  if (!isObject) problems.push(`the options are ${inspectValue(options)}: an object is needed`);
  for (const name of Object.keys(others)) problems.push(`there is no option ${name}: only order and onEnd`);
  const readOrder = oneOf('order', order, FEEDER_ORDERS, problems) ?? 'sequential';
  const readEnd = oneOf('onEnd', onEnd, FEEDER_ENDS, problems);
  return {
    format,
    file: typeof file === 'string' ? file : '',
    order: readOrder,
    onEnd: settleEnd(readOrder, readEnd, problems),
    problems,
  };
}

function settleEnd(order: FeederOrder, onEnd: FeederEnd | undefined, problems: string[]): FeederEnd {
  if (order === 'unique' && onEnd === 'wrap') {
    problems.push('unique rows cannot wrap: choose onEnd stop or fail, or order sequential');
  }
  if (order === 'random' && onEnd !== undefined) {
    problems.push('random rows have no end: leave onEnd out, or choose order shuffled');
  }
  return onEnd ?? (order === 'unique' ? 'stop' : 'wrap');
}

function oneOf<Word extends string>(
  name: string,
  value: unknown,
  words: readonly Word[],
  problems: string[],
): Word | undefined {
  if (value === undefined) return undefined;
  const known = words.find((word) => word === value);
  if (known === undefined) problems.push(`${name} is ${inspectValue(value)}: it can be ${words.join(', ')}`);
  return known;
}
