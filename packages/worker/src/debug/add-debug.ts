import type { Events, RequestEvent } from '@loadts/core';
import { describeRequest } from './describe-request.ts';

/** The listeners, with one more that writes each request into the log before they hear of it. */
export function addDebug(events: Events, log: (text: string) => void): Events {
  const debug = (event: RequestEvent): void => log(describeRequest(event));
  return { ...events, request: [debug, events.request] };
}
