import * as z from 'zod';

export interface FormTask {
  readonly name: string;
  /** Of the class's iterations, 0 to 1. */
  readonly share: number;
}

export interface FormClass {
  readonly name: string;
  readonly weight: number;
  readonly fixedCount: number | null;
  readonly tasks: readonly FormTask[];
}

/** One of the loads that the script names. */
export interface FormScenario {
  readonly name: string;
  /** Such as `20 users of Browser, 2/s, from 10 s`. */
  readonly load: string;
}

/** One of the script's own arguments. */
export interface FormArg {
  readonly name: string;
  readonly kind: 'text' | 'number' | 'choice' | 'boolean' | 'secret';
  /** What it will be unless told otherwise; null where it must be given, and for secrets. */
  readonly default: string | number | boolean | null;
  readonly choices: readonly (string | number | boolean)[];
  readonly help: string;
  /** Whether a run needs a value from the form. */
  readonly isRequired: boolean;
}

/** What the start form is filled with: the configuration of the command. */
export interface FormView {
  readonly users: number;
  /** Users a second. */
  readonly spawnRate: number | 'all';
  readonly host: string | null;
  /** Such as `1m30s`; null: until stopped. */
  readonly runTime: string | null;
  /** Iterations a second; null where users go on by themselves. */
  readonly rate: number | null;
  readonly maxUsers: number | null;
  /** The one that decides unless told otherwise: the configured one, or the only one of the script. */
  readonly shape: string | null;
  readonly profile: string | null;
  readonly classes: readonly FormClass[];
  /** Names of those that are chosen. */
  readonly chosenClasses: readonly string[];
  readonly shapes: readonly string[];
  readonly profiles: readonly string[];
  /** What the script's own arrival rate asks for, such as `5 to 50 iterations/s`; null where it has none. */
  readonly scriptRate: string | null;
  readonly scenarios: readonly FormScenario[];
  /** Names of those that are chosen. */
  readonly chosenScenarios: readonly string[];
  readonly thresholds: readonly string[];
  readonly args: readonly FormArg[];
}

const ARG_VALUE = z.union([z.string(), z.number(), z.boolean()]);

export const FORM_CLASS: z.ZodType<FormClass> = z.object({
  name: z.string(),
  weight: z.number(),
  fixedCount: z.number().nullable(),
  tasks: z.array(z.object({ name: z.string(), share: z.number() })),
});

const FORM_SCENARIO: z.ZodType<FormScenario> = z.object({ name: z.string(), load: z.string() });

const FORM_ARG: z.ZodType<FormArg> = z.object({
  name: z.string(),
  kind: z.enum(['text', 'number', 'choice', 'boolean', 'secret']),
  default: ARG_VALUE.nullable(),
  choices: z.array(ARG_VALUE),
  help: z.string(),
  isRequired: z.boolean(),
});

export const FORM_VIEW: z.ZodType<FormView> = z.object({
  users: z.number(),
  spawnRate: z.union([z.number(), z.literal('all')]),
  host: z.string().nullable(),
  runTime: z.string().nullable(),
  rate: z.number().nullable(),
  maxUsers: z.number().nullable(),
  shape: z.string().nullable(),
  profile: z.string().nullable(),
  classes: z.array(FORM_CLASS),
  chosenClasses: z.array(z.string()),
  shapes: z.array(z.string()),
  profiles: z.array(z.string()),
  scriptRate: z.string().nullable(),
  scenarios: z.array(FORM_SCENARIO),
  chosenScenarios: z.array(z.string()),
  thresholds: z.array(z.string()),
  args: z.array(FORM_ARG),
});
