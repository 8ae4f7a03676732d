import type { ScenarioReport } from '../run/run-report.ts';
import type { SecondDelta } from '../stats/second-delta.ts';

interface Span {
  first: number;
  last: number;
}

/** From when to when the requests of named scenarios came, for a run that did not live to tell when they began. */
export class RecordedScenarios {
  readonly #spans = new Map<string, Span>();

  add({ second, entries }: Pick<SecondDelta, 'second' | 'entries'>): void {
    for (const { key } of entries) {
      if (key.scenario === undefined) continue;
      const span = this.#spans.get(key.scenario) ?? { first: second, last: second };
      span.first = Math.min(span.first, second);
      span.last = Math.max(span.last, second);
      this.#spans.set(key.scenario, span);
    }
  }

  /** In the order in which they began. */
  get facts(): Omit<ScenarioReport, 'total'>[] {
    return [...this.#spans]
      .map(([name, { first, last }]) => ({ name, startSecond: first, endSecond: last + 1 }))
      .sort((a, b) => a.startSecond - b.startSecond);
  }
}
