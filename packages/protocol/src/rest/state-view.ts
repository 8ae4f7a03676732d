import * as z from 'zod';
import { FORM_VIEW, type FormView } from './form-view.ts';
import { REST_PROBLEM, type RestError } from './run-requests.ts';
import {
  LOAD_VIEW,
  type LoadView,
  PAST_RUN,
  type PastRun,
  RUN_PHASES,
  RUN_VIEW,
  type RunPhase,
  type RunView,
} from './run-view.ts';

/** `GET /api/v1/state`, and the event `state` at each change. */
export interface StateView {
  /** Of loadts. */
  readonly version: string;
  /** Since when this server is there, ISO 8601: another time is another server, which knows nothing of earlier runs. */
  readonly servingSince: string;
  /** As the user named it. */
  readonly script: string;
  readonly phase: RunPhase;
  readonly isPaused: boolean;
  /** Why Start is not possible now, in one sentence. */
  readonly canStart: { readonly ok: boolean; readonly reason: string | null };
  /** Why the last start came to nothing. */
  readonly problem: RestError['error'] | null;
  readonly workers: { readonly ready: number; readonly expected: number };
  /** Null until a run starts. */
  readonly load: LoadView | null;
  readonly form: FormView;
  readonly run: RunView | null;
  /** Oldest first. */
  readonly runs: readonly PastRun[];
}

export const STATE_VIEW: z.ZodType<StateView> = z.object({
  version: z.string(),
  servingSince: z.string(),
  script: z.string(),
  phase: z.enum(RUN_PHASES),
  isPaused: z.boolean(),
  canStart: z.object({ ok: z.boolean(), reason: z.string().nullable() }),
  problem: REST_PROBLEM.nullable(),
  workers: z.object({ ready: z.number(), expected: z.number() }),
  load: LOAD_VIEW.nullable(),
  form: FORM_VIEW,
  run: RUN_VIEW.nullable(),
  runs: z.array(PAST_RUN),
});
