import type { Events, RequestEvent } from '@loadts/core';
import type { PrepareMessage } from '@loadts/protocol';
import { describeRequest } from '../debug/describe-request.ts';
import { createAggregateListener } from '../statistics/aggregate-samples.ts';
import type { Recorder } from '../statistics/recorder.ts';

export interface OwnListenersOptions {
  readonly message: Pick<PrepareMessage, 'debug' | 'aggregates' | 'scenarios'>;
  readonly recorder: Recorder;
  readonly runStartUs: number;
  readonly log: (text: string) => void;
}

/** The script's listeners, after those that the run itself needs. Where it needs none, nothing is added. */
export function addOwnListeners(events: Events, options: OwnListenersOptions): Events {
  const { message, recorder, runStartUs, log } = options;
  const debug = message.debug ? (event: RequestEvent) => log(describeRequest(event)) : undefined;
  const scenarios = new Map(
    message.scenarios.flatMap(({ name, classes }) =>
      name === null ? [] : classes.map((userClass): [string, string] => [userClass.name, name]),
    ),
  );
  const aggregate = createAggregateListener(message.aggregates, { recorder, runStartUs, scenarios });
  return debug || aggregate ? { ...events, request: [aggregate, debug, events.request] } : events;
}
