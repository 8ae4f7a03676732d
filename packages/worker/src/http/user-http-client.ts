import {
  type Clock,
  type HttpClient,
  type HttpMethod,
  type HttpResponse,
  type HttpSettings,
  type Outcome,
  type RequestOptions,
  StopUser,
} from '@loadts/core';
import { PACKAGE_VERSION } from '@loadts/protocol';
import type { Emit } from '../events/create-emitter.ts';
import type { EndedRequest } from '../events/request-emitter.ts';
import type { Recorder } from '../statistics/recorder.ts';
import { type CheckVerdict, Interruption, runCheck } from './check-response.ts';
import type { ConnectionPools } from './connection-pools.ts';
import { Exchange } from './exchange.ts';
import { judgeExchange } from './judge-exchange.ts';
import type { Connections } from './origin-connections.ts';
import { createRequestParts, type HeaderList, mergeHeaders, type RequestDefaults } from './request-parts.ts';
import { TargetResolver } from './request-target.ts';
import { ABORTED } from './transport-error.ts';

export interface HttpClientOptions {
  readonly host: string | undefined;
  readonly settings: HttpSettings;
  readonly pools: ConnectionPools;
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** Undefined where nobody listens. */
  readonly emit?: Emit<EndedRequest> | undefined;
}

const DEFAULT_HEADERS: HeaderList = ['user-agent', `loadts/${PACKAGE_VERSION}`, 'accept', '*/*'];

/** HOT: one user's HTTP client on undici's `dispatch`, and the place where a request's outcome is decided. */
export class UserHttpClient implements HttpClient {
  readonly #options: HttpClientOptions;
  readonly #targets: TargetResolver;
  readonly #defaults: RequestDefaults;
  readonly #origins = new Map<string, Connections>();
  /** Responses that an asynchronous check is still looking at. */
  readonly #checking = new Set<Exchange>();
  #closed = false;
  /** Requests that have ended, whatever their outcome. */
  completed = 0;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#targets = new TargetResolver(options.host);
    this.#defaults = {
      headers: mergeHeaders(DEFAULT_HEADERS, options.settings.headers),
      limits: options.pools.settingsOf(options.settings).limits,
    };
  }

  get(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('GET', url, options);
  }

  post(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('POST', url, options);
  }

  put(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('PUT', url, options);
  }

  patch(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('PATCH', url, options);
  }

  delete(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('DELETE', url, options);
  }

  head(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('HEAD', url, options);
  }

  options(url: string, options?: RequestOptions): Promise<HttpResponse> {
    return this.request('OPTIONS', url, options);
  }

  request(method: HttpMethod, url: string, options?: RequestOptions): Promise<HttpResponse> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new StopUser();
      const { clock, recorder } = this.#options;
      const callUs = clock.nowUs();
      const target = this.#targets.resolve(url, options?.query);
      const parts = createRequestParts(method, target, this.#defaults, options);
      const entry = recorder.entry(method, options?.name ?? target.name);
      recorder.started(entry, callUs);
      const exchange = new Exchange(entry, target.url, callUs, this.#settle);
      exchange.check = options?.check;
      exchange.caller = { resolve, reject };
      this.#connectionsTo(target.origin).send(exchange, parts);
    });
  }

  /** Cuts off what is under way; from now on calls reject with `StopUser`. */
  close(): void {
    this.#closed = true;
    for (const origin of this.#origins.values()) origin.close();
    for (const exchange of this.#checking) {
      exchange.error = ABORTED;
      this.#record(exchange, undefined);
    }
    this.#checking.clear();
  }

  readonly #settle = (exchange: Exchange): void => {
    const { check, error } = exchange;
    const verdict = check && !error ? runCheck(check, exchange) : undefined;
    if (!(verdict instanceof Promise)) return this.#record(exchange, verdict);
    this.#checking.add(exchange);
    void verdict.then((late) => {
      if (this.#checking.delete(exchange)) this.#record(exchange, late);
    });
  };

  #record(exchange: Exchange, verdict: CheckVerdict): void {
    const { recorder, emit } = this.#options;
    const { entry, callUs, sentUs, endUs, bytesReceived } = exchange;
    const { outcome, reason } = judgeExchange(exchange, verdict);
    this.completed++;
    const retried = exchange.attempts > 1;
    recorder.record({ entry, outcome, durationUs: endUs - callUs, endUs, bytesReceived, retried });
    if (sentUs > 0) recorder.generatorDelay(sentUs - callUs);
    if (reason !== undefined) recorder.failure(entry, reason);
    emit?.(describeEnded(exchange, outcome, reason));
    if (outcome === 'aborted') exchange.caller?.reject(new StopUser());
    else if (verdict instanceof Interruption) exchange.caller?.reject(verdict.thrown);
    else exchange.caller?.resolve(exchange);
  }

  #connectionsTo(origin: string): Connections {
    let connections = this.#origins.get(origin);
    if (!connections) {
      connections = this.#options.pools.open(origin, this.#options.settings);
      this.#origins.set(origin, connections);
    }
    return connections;
  }
}

function describeEnded(exchange: Exchange, outcome: Outcome, reason: string | undefined): EndedRequest {
  const { entry, url, status, error, bytesReceived, callUs: startUs, endUs } = exchange;
  const { method, name } = entry.key;
  return {
    method,
    name,
    url,
    outcome,
    status,
    reason,
    error,
    startUs,
    endUs,
    bytesReceived,
    response: exchange,
  };
}
