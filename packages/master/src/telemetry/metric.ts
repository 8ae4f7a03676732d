/** A value with what it belongs to. */
export interface MetricPoint {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Times that were measured, as their number, sum and some quantiles (0 to 1). In seconds. */
export interface SummaryPoint {
  readonly labels: Readonly<Record<string, string>>;
  readonly count: number;
  readonly sum: number;
  readonly quantiles: readonly (readonly [quantile: number, value: number])[];
}

interface MetricHead {
  /** As Prometheus names it. */
  readonly name: string;
  readonly help: string;
  /** In the notation of OpenTelemetry: `s`, `1`, `{request}`. */
  readonly unit: string;
}

/** A number that goes up and down, one that only grows, or measured times. */
export type Metric =
  | (MetricHead & { readonly kind: 'gauge' | 'counter'; readonly points: readonly MetricPoint[] })
  | (MetricHead & { readonly kind: 'summary'; readonly points: readonly SummaryPoint[] });
