import type { CommandOption } from './option.ts';
import type { RunConfig } from './run-config.ts';

/** `RunConfig` before `auto` has become a number. */
export type RunValues = Omit<RunConfig, 'processes'> & { readonly processes: number | 'auto' };

/** One option for each field of a configuration. */
export type OptionTable<Values> = { readonly [Field in keyof Values]: CommandOption<Values[Field]> };
