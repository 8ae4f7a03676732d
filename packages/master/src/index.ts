// Every name here is used by another package. Explicit, so that a new export is a decision.
export { Master, type MasterOptions } from './master.ts';
export { ConsoleReporter, type ReportStream } from './report/console-reporter.ts';
export { printable } from './report/printable-text.ts';
export { createConstantLoad, createShapeLoad, type LoadSource } from './run/load-source.ts';
export type { RunSettings, WorkerLossPolicy } from './run/run-settings.ts';
