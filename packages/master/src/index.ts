// Every name here is used by another package. Explicit, so that a new export is a decision.

export { type OpenFeeder, openFeeders } from './feeders/open-feeders.ts';
export { callReportListeners } from './hooks/call-report-listeners.ts';
export {
  type RunOptions,
  readHooks,
  type ScriptHooks,
  type SetupContext,
  type TeardownContext,
} from './hooks/script-hooks.ts';
export { ScriptLifecycle } from './hooks/script-lifecycle.ts';
export { Master, type MasterOptions } from './master.ts';
export { RunRecorder, type RunRecorderOptions } from './recording/run-recorder.ts';
export type { ComparedRun } from './report/compare/compared-run.ts';
export { comparisonHtml } from './report/compare/comparison-html.ts';
export { comparisonMarkdown } from './report/compare/comparison-markdown.ts';
export { formatComparison } from './report/compare/format-comparison.ts';
export { formatRegressions } from './report/compare/format-regressions.ts';
export { ConsoleReporter, type ReportStream } from './report/console-reporter.ts';
export { CsvFiles } from './report/csv/csv-files.ts';
export { createHdrLogFile } from './report/hdr/hdr-log-file.ts';
export { createHtmlFile } from './report/html/html-file.ts';
export { createJsonFile } from './report/json-file.ts';
export { createJUnitFile } from './report/junit/junit-file.ts';
export type { LiveState } from './report/live-view.ts';
export { formatAnnotations } from './report/markdown/format-annotations.ts';
export { formatStepSummary } from './report/markdown/format-step-summary.ts';
export { printable } from './report/printable-text.ts';
export { checkWritable, type ReportFile } from './report/report-file.ts';
export { formatLevel } from './report/search/format-search.ts';
export { createSearchFiles } from './report/search/search-file.ts';
export { createConstantLoad, createShapeLoad, type LoadSource } from './run/load-source.ts';
export { observeBoth } from './run/observe-both.ts';
export type { ControlledLoad, RunControl } from './run/run-control.ts';
export type { RunObserver } from './run/run-observer.ts';
export type { RunSettings, ScenarioSettings } from './run/run-settings.ts';
export { Journal } from './run-file/journal.ts';
export { mergeRuns } from './run-file/merge-runs.ts';
export { type CreateRecorder, replayRun } from './run-file/replay-run.ts';
export { findNewestRun, prepareRunFolder } from './run-file/run-folder.ts';
export { formatMetrics } from './telemetry/format-metrics.ts';
export type { MetricsState } from './telemetry/list-metrics.ts';
export { OtlpExporter } from './telemetry/otlp-exporter.ts';
export { pushFiles } from './telemetry/push-files.ts';
export { EventStream } from './web/event-stream.ts';
export { LiveRun } from './web/live/live-run.ts';
export type { RunDownload, WebBackend } from './web/web-backend.ts';
