import type { RequestEvent } from '@loadts/core';
import type { UserEnvironment } from '../user/user-environment.ts';
import type { Emit } from './create-emitter.ts';

/** What is known of a request where it ends. Times are clock microseconds. */
export interface EndedRequest
  extends Omit<
    RequestEvent,
    'userClass' | 'ordinal' | 'tags' | 'durationMs' | 'serviceMs' | 'ttfbMs' | 'startedAtMs'
  > {
  readonly startUs: number;
  readonly endUs: number;
  /** In an open run, where it was sent. */
  readonly serviceUs?: number | undefined;
  readonly ttfbUs?: number | undefined;
}

/** Whose requests they are. */
export interface RequestOwner {
  readonly userClass: string;
  readonly ordinal: number;
  /** Those of the task that it is at. */
  readonly tags: () => readonly string[];
}

/** Tells the listeners about one user's requests. Undefined where there are none. */
export function createRequestEmitter(
  { events, runStartUs }: UserEnvironment,
  { userClass, ordinal, tags }: RequestOwner,
): Emit<EndedRequest> | undefined {
  const emit = events.request;
  if (!emit) return undefined;
  return ({ startUs, endUs, serviceUs, ttfbUs, ...ended }) =>
    emit({
      ...ended,
      ...(serviceUs !== undefined && { serviceMs: serviceUs / 1_000 }),
      ...(ttfbUs !== undefined && { ttfbMs: ttfbUs / 1_000 }),
      durationMs: (endUs - startUs) / 1_000,
      startedAtMs: (startUs - runStartUs) / 1_000,
      userClass,
      ordinal,
      tags: tags(),
    });
}
