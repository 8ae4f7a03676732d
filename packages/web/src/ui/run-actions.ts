import type { RateRequest, StartRequest, UsersRequest } from '@loadts/protocol';
import { postJson } from './api/call-api.ts';

/** All that the page can ask of a run. Each rejects with an `ApiError` where the server refuses. */
export interface RunActions {
  start(request: StartRequest): Promise<void>;
  stop(isForced: boolean): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  setUsers(request: UsersRequest): Promise<void>;
  setRate(request: RateRequest): Promise<void>;
  reset(): Promise<void>;
}

export const RUN_ACTIONS: RunActions = {
  start: (request) => ask('start', request),
  stop: (isForced) => ask('stop', isForced ? { force: true } : {}),
  pause: () => ask('pause'),
  resume: () => ask('resume'),
  setUsers: (request) => ask('users', request),
  setRate: (request) => ask('rate', request),
  reset: () => ask('reset'),
};

async function ask(action: string, body: object = {}): Promise<void> {
  await postJson(`run/${action}`, body);
}
