import type { RequestEvent } from '@loadts/core';
import type { UserEnvironment } from '../user/user-environment.ts';
import type { Emit } from './create-emitter.ts';

/** What is known of a request where it ends. Times are clock microseconds. */
export interface EndedRequest
  extends Omit<RequestEvent, 'userClass' | 'ordinal' | 'durationMs' | 'startedAtMs'> {
  readonly startUs: number;
  readonly endUs: number;
}

/** Tells the listeners about one user's requests. Undefined where there are none. */
export function createRequestEmitter(
  { events, runStartUs }: UserEnvironment,
  userClass: string,
  ordinal: number,
): Emit<EndedRequest> | undefined {
  const emit = events.request;
  if (!emit) return undefined;
  return ({ startUs, endUs, ...ended }) =>
    emit({
      ...ended,
      durationMs: (endUs - startUs) / 1_000,
      startedAtMs: (startUs - runStartUs) / 1_000,
      userClass,
      ordinal,
    });
}
