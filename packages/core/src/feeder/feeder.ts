/** A list of rows that all users of a run share. Declared at module level: `const rows = csv('users.csv')`. */
export interface Feeder<Row> {
  /**
   * The next row, whichever user on whichever worker asks. When no row is left, it rejects: with `StopUser` where
   * `onEnd` is `stop`, with a `LoadtsError` of code `FEEDER_EXHAUSTED` where it is `fail`.
   */
  next(): Promise<Row>;
}

/** How the rows of a feeder are given out, and what happens after the last one. */
export type FeederOptions =
  /** `sequential` (the default): in the order of the file. `shuffled`: each row once, in random order. */
  | {
      readonly order?: 'sequential' | 'shuffled';
      /** `wrap` (the default): from the first row again; `shuffled` then shuffles again. */
      readonly onEnd?: 'wrap' | 'stop' | 'fail';
    }
  /** Any row at any time. It has no end. */
  | { readonly order: 'random' }
  /** Each row at most once in the whole run. `onEnd` is `stop` unless given. */
  | { readonly order: 'unique'; readonly onEnd?: 'stop' | 'fail' };

export const FEEDER_ORDERS = ['sequential', 'shuffled', 'random', 'unique'] as const;
export type FeederOrder = (typeof FEEDER_ORDERS)[number];

export const FEEDER_ENDS = ['wrap', 'stop', 'fail'] as const;
export type FeederEnd = (typeof FEEDER_ENDS)[number];

export type FeederFormat = 'csv' | 'json' | 'jsonl';

/** A feeder as a script declares it. */
export interface FeederDefinition {
  readonly format: FeederFormat;
  /** As the script names it: relative to the script. */
  readonly file: string;
  readonly order: FeederOrder;
  readonly onEnd: FeederEnd;
  /** What is wrong with the declaration: reported together with what is wrong with the files. */
  readonly problems: readonly string[];
}
