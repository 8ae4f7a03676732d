import type { RunReport } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../fake-clock.case.ts';
import { callReportListeners } from './call-report-listeners.ts';

const report = { script: 'load.ts' } as RunReport;

describe('listeners of the finished report', () => {
  it('are awaited one after the other, and all get it, whatever one of them throws', async () => {
    const seen: unknown[] = [];
    const problems = await callReportListeners({
      report,
      clock: new FakeClock(),
      signal: new AbortController().signal,
      events: {
        report: [
          async (given) => {
            await Promise.resolve();
            seen.push(given);
          },
          () => {
            throw new Error('no disk');
          },
          [(given) => seen.push(given)],
        ],
      },
    });
    expect(seen).toEqual([report, report]);
    expect(problems).toEqual([expect.stringMatching(/^events\.report\(\) threw\nError: no disk\n/)]);
  });

  it('are left behind after 60 seconds', async () => {
    const clock = new FakeClock();
    const events = { report: () => new Promise(() => {}) };
    const problems = callReportListeners({ report, clock, signal: new AbortController().signal, events });
    await clock.advanceTo(60);
    expect(await problems).toEqual(['events.report() took longer than 60 s']);
  });

  it('need not be there', async () => {
    const { signal } = new AbortController();
    expect(await callReportListeners({ report, clock: new FakeClock(), signal, events: {} })).toEqual([]);
  });
});
