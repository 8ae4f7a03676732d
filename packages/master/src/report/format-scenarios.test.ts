import type { ScenarioReport } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { failureRow, statsRow } from './csv/csv-rows.ts';
import { formatArrivals } from './format-arrivals.ts';
import { formatScenarios } from './format-scenarios.ts';
import { formatSummary } from './format-summary.ts';
import { sampleEntry, sampleReport } from './sample-report.case.ts';

const STYLE = { width: 120, color: false };

const scenarios: readonly ScenarioReport[] = [
  { name: 'browse', startSecond: 0, endSecond: 90.2, total: sampleEntry({ requests: 15_000, medianMs: 4 }) },
  {
    name: 'buy',
    startSecond: 30,
    endSecond: 60,
    total: sampleEntry({ requests: 5_000, failures: 50, medianMs: 9 }),
    arrivals: { asked: 5_000, started: 4_990, dropped: 10, left: 0, lost: 0, queuedMost: 0, maxUsers: 20 },
  },
];
const entries = [
  sampleEntry({ scenario: 'browse', name: '/' }),
  sampleEntry({ scenario: 'buy', name: '/', failures: 50 }),
];

describe('the report of a run with scenarios', () => {
  it('has a line for each as a whole', () => {
    expect(formatScenarios(sampleReport({ scenarios }), STYLE)).toMatchInlineSnapshot(`
      [
        "Scenarios, times in milliseconds",
        "Scenario  from      to  # reqs     # fails │  50%   95%   99% │  req/s",
        "───────────────────────────────────────────┼──────────────────┼───────",
        "browse      0s  1m 30s   15000   0 (0.00%) │ 4.00  11.6  21.2 │ 166.7",
        "buy        30s  1m 00s    5000  50 (1.00%) │ 9.00  26.1  47.7 │  55.56",
      ]
    `);
  });

  it('has the scenario of each entry beside its name', () => {
    const summary = formatSummary(sampleReport({ scenarios, entries }), STYLE);
    expect(summary).toMatch(/^Scenario +Type +Name +# reqs/m);
    expect(summary).toMatch(/^browse +GET +\/ /m);
    expect(summary).toMatch(/^buy +GET +\/ .*50 \(0.25%\)/m);
    expect(summary).toMatch(/^ +Aggregated /m);
  });

  it('says what became of the arrivals of each open one', () => {
    expect(formatArrivals(sampleReport({ scenarios }), STYLE)).toEqual([
      'Arrivals of buy: 5,000 asked, 4,990 started, 10 dropped',
    ]);
  });

  it('has no trace of scenarios where the script names none', () => {
    expect(formatScenarios(sampleReport(), STYLE)).toEqual([]);
    expect(formatSummary(sampleReport(), STYLE)).not.toContain('Scenario');
  });

  it('has the scenario before the name where columns are those of others', () => {
    const key = { scenario: 'buy', method: 'GET', name: '/cart' };
    expect(statsRow(sampleEntry(key)).slice(0, 2)).toEqual(['GET', 'buy: /cart']);
    const failure = { key, reason: 'HTTP 500', count: 1, firstSecond: 0, lastSecond: 1 };
    expect(failureRow(failure, 0).slice(0, 3)).toEqual(['GET', 'buy: /cart', 'HTTP 500']);
    const summary = formatSummary(sampleReport({ scenarios, entries, failures: [failure] }), STYLE);
    expect(summary).toContain('GET buy: /cart: HTTP 500');
  });
});
