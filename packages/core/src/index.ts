// Every name here is used by another package. Explicit, so that a new export is a decision.

export { type ArrivalDelta, joinArrivals } from './arrival/arrival-delta.ts';
export {
  type ArrivalPlan,
  createArrivals,
  DEFAULT_MAX_USERS,
  planSeconds,
  WHEN_BUSY,
  type WhenBusy,
} from './arrival/arrival-plan.ts';
export {
  type ArrivalOptions,
  ArrivalRate,
  type ArrivalRateOptions,
  arrivalRate,
  type RampingArrivalRateOptions,
  type RateTarget,
  rampingArrivalRate,
} from './arrival/arrival-rate.ts';
export { type ArrivalShare, countOwnStarts, firstOwnStart } from './arrival/arrival-share.ts';
export type { Arrivals } from './arrival/arrivals.ts';
export { MAX_RATE, type RateStage } from './arrival/rate-curve.ts';
export { RateSchedule } from './arrival/rate-schedule.ts';
export type { Clock } from './clock.ts';
export { addRegressions } from './compare/add-regressions.ts';
export {
  COMPARED_METRICS,
  type ComparedMetric,
  type Comparison,
  compareResults,
  type EntryChange,
  type MetricChange,
} from './compare/compare-results.ts';
export { CONFIDENCE, type Interval } from './compare/draw-change.ts';
export { formatRegression } from './compare/format-regression.ts';
export { judgeRegression, type RegressionResult } from './compare/judge-regression.ts';
export { parseRegressions } from './compare/parse-regression.ts';
export type { Regression } from './compare/regression.ts';
export { type Assignment, countClasses, sum } from './dispatch/assignment.ts';
export { ClassSequence, type ClassShare } from './dispatch/class-sequence.ts';
export { ClassSequences } from './dispatch/class-sequences.ts';
export { type DistributionChange, distributeUsers } from './dispatch/distribute-users.ts';
export { applyMoves, type Move } from './dispatch/move.ts';
export { moveDueUs, movesDue, type SpawnRate } from './dispatch/ramp.ts';
export { type DriftReport, reportDrift } from './drift/drift-report.ts';
export { type DriftChange, isCertain } from './drift/measure-drift.ts';
export { type Duration, parseDurationMs } from './duration.ts';
export { LoadtsError, type LoadtsErrorCode } from './errors.ts';
export {
  EVENT_NAMES,
  type Events,
  type Listener,
  type Listeners,
  type RequestEvent,
  type RunStoppingEvent,
  type SpawningCompleteEvent,
  type StreamTimes,
  type UserErrorEvent,
} from './events/events.ts';
export { listListeners } from './events/list-listeners.ts';
export type { WorkerContext, WorkerHooks } from './events/run-hooks.ts';
export { collectFeeders, csv, json, jsonl } from './feeder/declare-feeders.ts';
export type { DeclaredFeeder } from './feeder/declared-feeder.ts';
export type { Feeder, FeederDefinition, FeederOptions } from './feeder/feeder.ts';
export { createRowOrder, type RowOrder } from './feeder/row-order.ts';
export {
  CapacityFinder,
  type CapacityFinderOptions,
  type SearchProgress,
} from './find/capacity-finder.ts';
export type { LevelMeasurement, LevelOutcome } from './find/level-measurement.ts';
export type { SearchSecond } from './find/level-window.ts';
export type { SearchConclusion, SearchRange } from './find/next-level.ts';
export { findKnee } from './find/saturation.ts';
export {
  SEARCH_FORMAT,
  SEARCH_VERSION,
  type SearchBy,
  type SearchEnd,
  type SearchResult,
} from './find/search-result.ts';
export { createRandom, type Random } from './random.ts';
export type { HeatMapData } from './report/heat-map-data.ts';
export type { PercentileCurve } from './report/percentile-curve.ts';
export { createReportData, type EntryData, type ReportData, type SeriesData } from './report/report-data.ts';
export { findHistogramProblem } from './result/find-histogram-problem.ts';
export { histogramFromJson, histogramToJson } from './result/histogram-json.ts';
export type { RunRecord, WorkerHealth } from './result/run-record.ts';
export { RunRecording } from './result/run-recording.ts';
export {
  type ClassFacts,
  type EntryResult,
  type EntrySeries,
  type HistogramJson,
  type Machine,
  RESULT_FORMAT,
  RESULT_VERSION,
  type RunResult,
  type RunSeries,
  type RunStart,
  type WorkerFacts,
  type WorkerSeries,
} from './result/run-result.ts';
export { SpanSeries } from './result/span-series.ts';
export { GeneratorHealth } from './run/generator-health.ts';
export type { RunEvent, RunEventKind } from './run/run-event.ts';
export {
  type ArrivalReport,
  type Coverage,
  createRunReport,
  type EntryReport,
  REPORT_PERCENTILES,
  type RunFacts,
  type RunReport,
  reportEntry,
  type ScenarioReport,
  type StreamReport,
  type TimeReport,
} from './run/run-report.ts';
export { canFollow, type RunState, type WorkerState } from './run/run-state.ts';
export { type ArrivalCounts, checkRun, type SelfCheckFacts } from './run/self-checks.ts';
export { decideVerdict, type Verdict, type VerdictKind } from './run/verdict.ts';
export type { Scenario, Scenarios } from './scenario/scenario.ts';
export { scenarioSeed } from './scenario/scenario-seed.ts';
export {
  bindShape,
  type CommonOptions,
  LoadTestShape,
  readShapes,
  type ShapeConstructor,
  type ShapeContext,
  type ShapeTick,
} from './shape/load-test-shape.ts';
export { parseStages } from './shape/parse-stages.ts';
export {
  PROFILES,
  type Profile,
  type ProfileOptions,
  type SpikeOptions,
  type StepsOptions,
  spike,
  steps,
} from './shape/ready-made.ts';
export { type Stage, stages } from './shape/stages.ts';
export { type DoubleWaveOptions, doubleWave, type WaveOptions, wave } from './shape/waves.ts';
export { BUCKET_COUNT, bucketHighestUs, HISTOGRAM } from './stats/histogram-layout.ts';
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
  aggregateKey,
  type EntryDelta,
  type EntryKey,
  type EntryStatistics,
  type ExceptionDelta,
  type ExceptionStatistics,
  entryId,
  type FailureDelta,
  type FailureStatistics,
  isOtherEntry,
  nameInScenario,
  OTHER_ENTRY,
  RunStatistics,
} from './stats/run-statistics.ts';
export type { DropCount, ExceptionPart, SecondDelta } from './stats/second-delta.ts';
export {
  EMPTY_HISTOGRAM,
  entryChecksum,
  mergeSparse,
  type SparseHistogram,
  sparseChecksum,
  sparsePercentileUs,
} from './stats/sparse-histogram.ts';
export {
  readStreamTimeKey,
  STREAM_TIMES,
  type StreamTime,
  streamTimeKey,
} from './stream/stream-time.ts';
export { nearestName, suggest } from './text/nearest-name.ts';
export { formatThreshold } from './threshold/format-threshold.ts';
export { GOODPUT_TIMES, isGood, type RequestTimes } from './threshold/goodput-condition.ts';
export { matchesSelectors, type SampleKey } from './threshold/matches-selectors.ts';
export { parseThresholds } from './threshold/parse-threshold.ts';
export type { Selector, Threshold } from './threshold/threshold.ts';
export type { SampleFigures } from './threshold/threshold-figures.ts';
export {
  type Aggregate,
  type EntryFigures,
  type EventCount,
  listAggregates,
  ThresholdJudge,
} from './threshold/threshold-judge.ts';
export type { RunTimeline, ThresholdResult } from './threshold/threshold-watch.ts';
export type { ArgDefinition, Args, ArgValue } from './user/arg.ts';
export { isControlFlow } from './user/control-flow.ts';
export type { Cookies } from './user/cookies.ts';
export { filterTasks, type TagFilter } from './user/filter-tasks.ts';
export type { HttpAuth } from './user/http-auth.ts';
export type {
  AnyOptions,
  Check,
  CheckedHead,
  CheckedResponse,
  CheckResult,
  EventFormat,
  EventStreamOptions,
  EventStreamResult,
  HttpClient,
  HttpMethod,
  HttpResponse,
  HttpTimings,
  RedirectHop,
  RequestOptions,
  ResponseHead,
  ResponseHeaders,
  StreamEvent,
  StreamedResponse,
  StreamOptions,
  TransportError,
  TransportErrorKind,
} from './user/http-client.ts';
export {
  HTTP_ENGINES,
  type HttpEngine,
  type HttpSettings,
  type HttpTimeouts,
  type TlsSettings,
} from './user/http-settings.ts';
export { InterruptTaskSet } from './user/interrupt-task-set.ts';
export { findUnreachable } from './user/markov-problems.ts';
export type { Measure, MeasuredSample, MeasureOptions } from './user/measure.ts';
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
export { sharedHost } from './user/shared-host.ts';
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
