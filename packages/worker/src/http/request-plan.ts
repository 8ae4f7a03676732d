import type { Dispatcher } from 'undici';
import type { TimeLimits } from './time-limits.ts';

/** A request as undici wants it, with the time that it may take. */
export interface RequestParts {
  readonly options: Dispatcher.DispatchOptions;
  readonly limits: TimeLimits;
  /** Whether it can be sent a second time: not a body that comes from an iterator. */
  readonly repeatable: boolean;
  /** These very options are sent again and again. */
  readonly shared: boolean;
}

/** A request, and what becomes of it when it is redirected. */
export interface RequestPlan extends RequestParts {
  readonly maxRedirects: number;
}
