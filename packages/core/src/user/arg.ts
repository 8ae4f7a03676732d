/** The value of a custom argument of a script. */
export type ArgValue = string | number | boolean;

/** The custom arguments of a run, by name. */
export type Args = Readonly<Record<string, ArgValue>>;

/** One custom argument, as `export const args = { tenant: { default: 'a' } }` declares it. */
export interface ArgDefinition {
  /** The type of `default` unless given; else a string. */
  readonly type?: 'string' | 'number' | 'boolean';
  /** Without one, every run has to give a value. */
  readonly default?: ArgValue;
  readonly choices?: readonly ArgValue[];
  readonly help?: string;
  /** Never shown. */
  readonly secret?: boolean;
}
