// Every name here is used by another package. Explicit, so that a new export is a decision.
export { Master } from './master.ts';
export { ConsoleReporter, type ReportStream } from './report/console-reporter.ts';
export { printable } from './report/printable-text.ts';
export { createConstantLoad, createShapeLoad } from './run/load-source.ts';
export type { RunSettings } from './run/run-settings.ts';
