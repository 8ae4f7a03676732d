import * as z from 'zod';

/** One second of the run, or one span of a long run. A later point of the same second replaces it. Times in ms. */
export interface HistoryPoint {
  readonly second: number;
  /** At its end. */
  readonly users: number;
  /** Per second. */
  readonly requests: number;
  /** Per second. */
  readonly failures: number;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  /** Arrivals per second without a free user; null where no scenario is an open one. */
  readonly dropped: number | null;
}

/** Something that happened to the run, for the charts. */
export interface EventView {
  readonly second: number;
  readonly kind: string;
  readonly text: string;
  /** Whether a person did it. */
  readonly isByUser: boolean;
}

/** `GET /api/v1/run/history`: what a page needs that is opened in the middle of a run. */
export interface HistoryView {
  readonly runId: string | null;
  /** Seconds that one point stands for. */
  readonly spanSeconds: number;
  /** At most 3,600. */
  readonly points: readonly HistoryPoint[];
  readonly events: readonly EventView[];
  /** Named parts of the load, as far as they have begun. */
  readonly stages: readonly { readonly fromSecond: number; readonly name: string }[];
}

export const HISTORY_POINT: z.ZodType<HistoryPoint> = z.object({
  second: z.number(),
  users: z.number(),
  requests: z.number(),
  failures: z.number(),
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
  p99Ms: z.number().nullable(),
  dropped: z.number().nullable(),
});

export const EVENT_VIEW: z.ZodType<EventView> = z.object({
  second: z.number(),
  kind: z.string(),
  text: z.string(),
  isByUser: z.boolean(),
});

export const HISTORY_VIEW: z.ZodType<HistoryView> = z.object({
  runId: z.string().nullable(),
  spanSeconds: z.number(),
  points: z.array(HISTORY_POINT),
  events: z.array(EVENT_VIEW),
  stages: z.array(z.object({ fromSecond: z.number(), name: z.string() })),
});
