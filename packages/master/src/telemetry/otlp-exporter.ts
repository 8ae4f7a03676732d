import { PACKAGE_VERSION } from '@loadts/protocol';
import { encodeOtlp } from './encode-otlp.ts';
import { listMetrics, type MetricsState } from './list-metrics.ts';
import { splitCredentials } from './split-credentials.ts';

export interface OtlpExporterOptions {
  /** Of the collector; without a path, that of metrics is added. */
  readonly url: string;
  readonly runId: string;
  readonly script: string;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** Told once, when a delivery fails; the run goes on. */
  readonly onProblem: (problem: string) => void;
}

const INTERVAL_SECONDS = 10;
/** Payloads that wait for a collector that does not answer. */
const MAX_WAITING = 6;
const TIMEOUT_MS = 5_000;

/** Sends the metrics of a run to an OpenTelemetry collector, every 10 s and at the end. */
export class OtlpExporter {
  readonly #options: OtlpExporterOptions;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #waiting: string[] = [];
  #startedMs: number | undefined;
  #lastSecond = 0;
  #sending: Promise<void> = Promise.resolve();
  #isSending = false;
  #hasFailed = false;

  constructor(options: OtlpExporterOptions) {
    this.#options = options;
    const { url, headers } = splitCredentials(addMetricsPath(options.url));
    this.#url = url;
    this.#headers = headers;
  }

  /** Call it about once a second; it does not wait for the collector. */
  update(run: MetricsState): void {
    this.#startedMs ??= this.#options.now() - run.elapsedSeconds * 1_000;
    if (run.elapsedSeconds < this.#lastSecond + INTERVAL_SECONDS) return;
    this.#lastSecond = run.elapsedSeconds;
    this.#enqueue(run);
  }

  /** Sends the last numbers, and waits until they have arrived or could not. */
  async finish(run: MetricsState): Promise<void> {
    this.#enqueue(run);
    await this.#sending;
    // It may have been queued behind one that could not be sent.
    if (this.#waiting.length > 0) await this.#sendAll();
  }

  #enqueue(run: MetricsState): void {
    const { runId, script, now } = this.#options;
    const nowMs = now();
    const startedMs = this.#startedMs ?? nowMs - run.elapsedSeconds * 1_000;
    const facts = { version: PACKAGE_VERSION, runId, script, startedMs, nowMs };
    // Numbers add up since the start: the newer ones make up for lost ones.
    if (this.#waiting.length === MAX_WAITING) this.#waiting.shift();
    this.#waiting.push(encodeOtlp(listMetrics(run), facts));
    if (!this.#isSending) this.#sending = this.#sendAll();
  }

  async #sendAll(): Promise<void> {
    this.#isSending = true;
    for (let body = this.#waiting[0]; body !== undefined; body = this.#waiting[0]) {
      const problem = await post(this.#url, this.#headers, body);
      if (problem === undefined || !problem.isTemporary) this.#drop(body);
      if (problem) this.#warn(problem.text);
      // The next interval tries again.
      if (problem?.isTemporary) break;
    }
    this.#isSending = false;
  }

  #drop(body: string): void {
    const place = this.#waiting.indexOf(body);
    if (place >= 0) this.#waiting.splice(place, 1);
  }

  #warn(text: string): void {
    if (this.#hasFailed) return;
    this.#hasFailed = true;
    this.#options.onProblem(`--otlp ${this.#url}: ${text}; the run goes on, and so do further tries`);
  }
}

function addMetricsPath(url: string): string {
  const parsed = new URL(url);
  if (parsed.pathname === '/') parsed.pathname = '/v1/metrics';
  return parsed.href;
}

interface DeliveryProblem {
  readonly text: string;
  /** Whether the same might be taken later. */
  readonly isTemporary: boolean;
}

async function post(
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<DeliveryProblem | undefined> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await response.body?.cancel();
    if (response.ok) return undefined;
    return {
      text: `HTTP ${response.status}`,
      isTemporary: response.status === 429 || response.status >= 500,
    };
  } catch (error) {
    const { cause, message } = error as Error & { readonly cause?: Error };
    return { text: cause?.message || message, isTemporary: true };
  }
}
