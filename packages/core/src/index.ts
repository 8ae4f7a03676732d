// Every name here is used by another package. Explicit, so that a new export is a decision.
export type { Clock } from './clock.ts';
export { type Assignment, countClasses, sum } from './dispatch/assignment.ts';
export { ClassSequence, type ClassShare } from './dispatch/class-sequence.ts';
export { type DistributionChange, distributeUsers } from './dispatch/distribute-users.ts';
export { applyMoves, type Move } from './dispatch/move.ts';
export { moveDueUs, movesDue, type SpawnRate } from './dispatch/ramp.ts';
export { type Duration, parseDurationMs } from './duration.ts';
export { LoadtsError, type LoadtsErrorCode } from './errors.ts';
export { createRandom, type Random } from './random.ts';
export {
  type Coverage,
  createRunReport,
  type EntryReport,
  REPORT_PERCENTILES,
  type RunFacts,
  type RunReport,
  reportEntry,
} from './run/run-report.ts';
export { canFollow, type RunState, type WorkerState } from './run/run-state.ts';
export { decideVerdict, type Verdict, type VerdictKind } from './run/verdict.ts';
export {
  bindShape,
  LoadTestShape,
  readShapes,
  type ShapeConstructor,
  type ShapeContext,
  type ShapeTick,
} from './shape/load-test-shape.ts';
export { BUCKET_COUNT, HISTOGRAM } from './stats/histogram-layout.ts';
export { IntervalHistogram } from './stats/interval-histogram.ts';
export { LatencyHistogram } from './stats/latency-histogram.ts';
export {
  addCounts,
  COUNT_FIELDS,
  countEnded,
  countFailures,
  countRequests,
  createCounts,
  type EntryCounts,
  hasLatency,
  type Outcome,
} from './stats/outcome.ts';
export { type HistoryPoint, RunHistory } from './stats/run-history.ts';
export {
  type EntryDelta,
  type EntryKey,
  type EntryStatistics,
  type ExceptionDelta,
  type ExceptionStatistics,
  entryId,
  type FailureDelta,
  type FailureStatistics,
  RunStatistics,
} from './stats/run-statistics.ts';
export {
  EMPTY_HISTOGRAM,
  mergeSparse,
  type SparseHistogram,
  sparseChecksum,
} from './stats/sparse-histogram.ts';
export type { ArgDefinition, Args, ArgValue } from './user/arg.ts';
export type { Cookies } from './user/cookies.ts';
export { filterTasks, type TagFilter } from './user/filter-tasks.ts';
export type { HttpAuth } from './user/http-auth.ts';
export type {
  AnyOptions,
  Check,
  CheckedHead,
  CheckedResponse,
  CheckResult,
  HttpClient,
  HttpMethod,
  HttpResponse,
  RedirectHop,
  RequestOptions,
  ResponseHead,
  ResponseHeaders,
  StreamedResponse,
  StreamOptions,
  TransportError,
  TransportErrorKind,
} from './user/http-client.ts';
export type { HttpSettings } from './user/http-settings.ts';
export { InterruptTaskSet } from './user/interrupt-task-set.ts';
export { findUnreachable } from './user/markov-problems.ts';
export { readTasks } from './user/read-tasks.ts';
export type {
  BodyChunks,
  FormFields,
  MultipartContent,
  MultipartField,
  MultipartFile,
  QueryValue,
  RequestBody,
} from './user/request-body.ts';
export { RescheduleTask } from './user/reschedule-task.ts';
export { StopRun } from './user/stop-run.ts';
export { StopUser } from './user/stop-user.ts';
export { tag } from './user/tag.ts';
export { task } from './user/task.ts';
export type { TaskDefinition, TaskSetDefinition } from './user/task-definition.ts';
export type { TaskItem, TaskList } from './user/task-list.ts';
export { createTaskOrder, type TaskOrder } from './user/task-order.ts';
export {
  MarkovTaskSet,
  SequentialTaskSet,
  type TaskParent,
  TaskSet,
  type TaskSetContext,
} from './user/task-set.ts';
export { transition } from './user/transition.ts';
export { HttpUser, User, type UserConstructor, type UserContext } from './user/user.ts';
export { readUserClasses, type UserClass } from './user/user-class.ts';
export {
  between,
  constant,
  constantPacing,
  constantThroughput,
  type WaitContext,
  type WaitTime,
} from './user/wait-time.ts';
