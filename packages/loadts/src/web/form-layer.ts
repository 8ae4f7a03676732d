import type { StartRequest } from '@loadts/protocol';
import type { FormLayer } from '../config/config-layer.ts';
import { optionKey } from '../config/option.ts';

/** The option that each field of the form stands for. */
const OPTION_KEYS = {
  users: 'users',
  spawnRate: 'spawnRate',
  host: 'host',
  runTime: 'runTime',
  classes: 'class',
  scenarios: 'scenario',
  shape: 'shape',
  profile: 'profile',
  rate: 'rate',
  maxUsers: 'maxUsers',
  thresholds: 'threshold',
} as const satisfies Partial<Record<keyof StartRequest, string>>;

type Field = keyof typeof OPTION_KEYS;

const FIELDS = Object.keys(OPTION_KEYS) as Field[];

/**
 * What a person has filled into the start form, as a source of options before all others.
 * @param configuredArgs the script's own arguments as the command has them; those of the form go before them. An empty field takes the
 * option away from all others.
 */
export function formLayer(request: StartRequest, configuredArgs: readonly string[]): FormLayer {
  const values = FIELDS.flatMap((field) => {
    const value = request[field];
    return isLeftOut(value) ? [] : [[OPTION_KEYS[field], value]];
  });
  const args = Object.entries(request.args ?? {}).map(([name, value]) => `${name}=${value}`);
  const arg = args.length > 0 ? { arg: [...configuredArgs, ...args] } : {};
  return {
    values: { ...Object.fromEntries(values), ...arg },
    locate: (option) => FIELDS.find((field) => OPTION_KEYS[field] === optionKey(option)) ?? optionKey(option),
    problems: [],
    cleared: FIELDS.filter((field) => isEmpty(request[field])).map((field) => OPTION_KEYS[field]),
  };
}

function isLeftOut(value: StartRequest[Field]): boolean {
  return value === undefined || value === null || isEmpty(value);
}

function isEmpty(value: StartRequest[Field]): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
