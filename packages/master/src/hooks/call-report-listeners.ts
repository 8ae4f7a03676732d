import { type Clock, type Events, listListeners, type RunReport } from '@loadts/core';
import { callHook } from './call-hook.ts';

export interface ReportListenersCall {
  readonly events: Events;
  readonly report: RunReport;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** One after the other, each for at most 60 s. @returns what went wrong, one text each; never rejects */
export async function callReportListeners(options: ReportListenersCall): Promise<string[]> {
  const { events, report, clock, signal } = options;
  const problems: string[] = [];
  for (const listener of listListeners(events.report)) {
    try {
      await callHook({ name: 'events.report', clock, signal, call: () => listener(report) });
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  return problems;
}
