import type { Dispatcher } from 'undici';
import type { RequestTarget } from './request-target.ts';
import type { TimeLimits } from './time-limits.ts';

/** A request as undici wants it, with the time that it may take. */
export interface RequestParts {
  readonly options: Dispatcher.DispatchOptions;
  readonly limits: TimeLimits;
  /** Whether it can be sent a second time: not a body that comes from an iterator. */
  readonly repeatable: boolean;
  /** Where this very request is sent again and again: what was made of it. */
  readonly repeated: RepeatedRequest | undefined;
}

export interface RepeatedRequest {
  /** As it is written. */
  head: Buffer | undefined;
}

/** A request, and what becomes of it when it is redirected. */
export interface RequestPlan extends RequestParts {
  readonly target: RequestTarget;
  readonly maxRedirects: number;
}
