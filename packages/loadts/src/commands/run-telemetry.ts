import type { RunReport, RunStart } from '@loadts/core';
import { type MetricsState, OtlpExporter } from '@loadts/master';

/** The metrics of a run, for those who want them elsewhere: while it goes on, and its last numbers. */
export class RunTelemetry {
  readonly #exporter: OtlpExporter | undefined;
  #last: MetricsState | undefined;

  /** @param url of a collector; without one, nothing is sent */
  constructor(
    url: string | undefined,
    { id: runId, script }: Pick<RunStart, 'id' | 'script'>,
    onProblem: (problem: string) => void,
  ) {
    if (url === undefined) return;
    this.#exporter = new OtlpExporter({ url, runId, script, now: () => Date.now(), onProblem });
  }

  update(run: MetricsState): void {
    this.#last = run;
    this.#exporter?.update(run);
  }

  async finish({ total, entries, durationSeconds }: RunReport): Promise<void> {
    const last = this.#last;
    if (!last) return;
    const rates = { requestsPerSecond: 0, failuresPerSecond: 0 };
    await this.#exporter?.finish({
      ...last,
      users: 0,
      recent: rates,
      elapsedSeconds: durationSeconds,
      total,
      entries,
    });
  }
}
