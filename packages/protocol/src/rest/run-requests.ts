import * as z from 'zod';

/**
 * `POST /api/v1/run/start`: options in place of those of the command, by their names in configuration files and with the
 * same values. What is left out, or null, stays as it was configured.
 */
export interface StartRequest {
  readonly users?: number | string | null | undefined;
  readonly spawnRate?: number | string | null | undefined;
  readonly host?: string | null | undefined;
  /** Seconds, or a text such as `5m`; an empty text: until stopped. */
  readonly runTime?: number | string | null | undefined;
  readonly classes?: readonly string[] | null | undefined;
  /** Names of those that run; an empty list: all. */
  readonly scenarios?: readonly string[] | null | undefined;
  /** An empty text: none, also where the script has only one. */
  readonly shape?: string | null | undefined;
  readonly profile?: string | null | undefined;
  /** An empty text: none, also where the script has one of its own. */
  readonly rate?: number | string | null | undefined;
  readonly maxUsers?: number | string | null | undefined;
  readonly thresholds?: readonly string[] | null | undefined;
  /** Of the script, by name. */
  readonly args?: Readonly<Record<string, string | number | boolean>> | null | undefined;
}

/** `POST /api/v1/run/stop` */
export interface StopRequest {
  /** Ends the run now, without waiting for its users. */
  readonly force?: boolean | undefined;
}

/** `POST /api/v1/run/users`: what is left out stays as it is. */
export interface UsersRequest {
  readonly users?: number | undefined;
  /** Users a second. */
  readonly spawnRate?: number | 'all' | undefined;
}

/** `POST /api/v1/run/rate`: what is left out stays as it is. */
export interface RateRequest {
  /** Iterations a second. */
  readonly rate?: number | undefined;
  readonly maxUsers?: number | undefined;
}

/** `POST /login` */
export interface LoginRequest {
  readonly token: string;
}

/** The body of each answer that is not 2xx. */
export interface RestError {
  readonly error: { readonly code: string; readonly message: string; readonly hint: string | null };
}

const VALUE = z.union([z.number(), z.string().max(1_000)]).nullish();
const TEXT = z.string().max(4_000).nullish();
const TEXTS = z.array(z.string().max(1_000)).max(1_000).nullish();

export const START_REQUEST: z.ZodType<StartRequest> = z.strictObject({
  users: VALUE,
  spawnRate: VALUE,
  host: TEXT,
  runTime: VALUE,
  classes: TEXTS,
  scenarios: TEXTS,
  shape: TEXT,
  profile: TEXT,
  rate: VALUE,
  maxUsers: VALUE,
  thresholds: TEXTS,
  args: z.record(z.string().max(200), z.union([z.string().max(10_000), z.number(), z.boolean()])).nullish(),
});

export const STOP_REQUEST: z.ZodType<StopRequest> = z.strictObject({ force: z.boolean().optional() });

export const USERS_REQUEST: z.ZodType<UsersRequest> = z.strictObject({
  users: z.number().optional(),
  spawnRate: z.union([z.number(), z.literal('all')]).optional(),
});

export const RATE_REQUEST: z.ZodType<RateRequest> = z.strictObject({
  rate: z.number().optional(),
  maxUsers: z.number().optional(),
});

export const NO_REQUEST: z.ZodType<Readonly<Record<string, never>>> = z.strictObject({});

export const LOGIN_REQUEST: z.ZodType<LoginRequest> = z.strictObject({ token: z.string().max(1_000) });

export const REST_PROBLEM: z.ZodType<RestError['error']> = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string().nullable(),
});

export const REST_ERROR: z.ZodType<RestError> = z.object({ error: REST_PROBLEM });
