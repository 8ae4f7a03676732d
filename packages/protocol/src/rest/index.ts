// The REST API of the web UI: types for the page, schemas for the master, which checks with them and describes itself.
export type { FormArg, FormClass, FormScenario, FormView } from './form-view.ts';
export {
  EVENT_VIEW,
  type EventView,
  HISTORY_VIEW,
  type HistoryPoint,
  type HistoryView,
} from './history-view.ts';
export { describeSchema, type RestSchema, readRest } from './rest-schema.ts';
export {
  LOGIN_REQUEST,
  NO_REQUEST,
  RATE_REQUEST,
  type RateRequest,
  REST_ERROR,
  type RestError,
  START_REQUEST,
  STOP_REQUEST,
  type StartRequest,
  type StopRequest,
  USERS_REQUEST,
  type UsersRequest,
} from './run-requests.ts';
export type { LoadView, PastRun, RunPhase, RunView } from './run-view.ts';
export {
  type EntryView,
  type ExceptionView,
  type FailureView,
  LOG_VIEW,
  LOGS_VIEW,
  type LogView,
  SECOND_VIEW,
  type SecondView,
  type ThresholdView,
  type WorkerView,
} from './second-view.ts';
export { STATE_VIEW, type StateView } from './state-view.ts';
