import {
  type AnyOptions,
  type Check,
  type Clock,
  type Cookies,
  type HttpClient,
  type HttpMethod,
  type HttpResponse,
  type HttpSettings,
  LoadtsError,
  type Outcome,
  StopUser,
  type StreamOptions,
} from '@loadts/core';
import type { ArrivalSeat } from '../arrival/arrival-seat.ts';
import type { Emit } from '../events/create-emitter.ts';
import type { EndedRequest } from '../events/request-emitter.ts';
import type { Recorder } from '../statistics/recorder.ts';
import { type CheckVerdict, Interruption, runCheck } from './check-response.ts';
import type { ConnectionPools } from './connection-pools.ts';
import { describeEnded } from './describe-ended.ts';
import { Exchange } from './exchange.ts';
import { explainError } from './explain-error.ts';
import { GroupedClient } from './grouped-client.ts';
import { type AnyResponse, HttpVerbs } from './http-verbs.ts';
import { judgeExchange } from './judge-exchange.ts';
import type { Connections } from './origin-connections.ts';
import { planRedirect } from './plan-redirect.ts';
import { filterHeaders, type HeaderList, mergeHeaders } from './request-headers.ts';
import type { RequestPlan } from './request-plan.ts';
import type { RequestPlanner } from './request-planner.ts';
import { StreamedExchange, type StreamOwner } from './streamed-exchange.ts';
import { ABORTED } from './transport-error.ts';
import { UserCookies } from './user-cookies.ts';

export interface HttpClientOptions {
  readonly host: string | undefined;
  readonly settings: HttpSettings;
  readonly pools: ConnectionPools;
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** The index of the user's scenario; 0 unless given. */
  readonly scenario?: number;
  /** Undefined where nobody listens. */
  readonly emit?: Emit<EndedRequest> | undefined;
  /** Where iterations begin with arrivals. */
  readonly seat?: Pick<ArrivalSeat, 'takeIntended'> | undefined;
}

/** HOT: one user's HTTP client, and the place where a request's outcome is decided. */
export class UserHttpClient extends HttpVerbs {
  readonly #clock: Clock;
  readonly #recorder: Recorder;
  readonly #scenario: number | undefined;
  readonly #emit: Emit<EndedRequest> | undefined;
  readonly #seat: Pick<ArrivalSeat, 'takeIntended'> | undefined;
  readonly #pools: ConnectionPools;
  readonly #settings: HttpSettings;
  #planner: RequestPlanner;
  readonly #keepsCookies: boolean;
  /** None until there is a first cookie: most users have none. */
  #cookies: UserCookies | undefined;
  /** Where the last request went: most users know one origin. */
  #origin: string | undefined;
  #connections: Connections | undefined;
  /** All of them, from the second on. */
  #origins: Map<string, Connections> | undefined;
  /** Responses that an asynchronous check is still looking at. */
  #checking: Set<Exchange> | undefined;
  #unread: Set<StreamedExchange> | undefined;
  #closed = false;
  /** Requests that have ended, whatever their outcome. */
  completed = 0;

  constructor(options: HttpClientOptions) {
    super();
    const { pools, settings } = options;
    this.#clock = options.clock;
    this.#recorder = options.recorder;
    this.#scenario = options.scenario;
    this.#emit = options.emit;
    this.#seat = options.seat;
    this.#pools = pools;
    this.#settings = settings;
    this.#keepsCookies = settings.cookies !== false;
    this.#planner = pools.plannerOf(settings, options.host);
  }

  get cookies(): Cookies {
    if (this.#keepsCookies) return this.#jar();
    throw new LoadtsError('REQUEST_INVALID', 'cookies are switched off', {
      hint: 'take cookies: false from static http of the user class',
    });
  }

  setHeader(name: string, value: string | undefined): void {
    const others = filterHeaders(this.#planner.headers, (other) => other !== name.toLowerCase());
    const headers = mergeHeaders(others, value === undefined ? undefined : { [name]: value });
    this.#planner = this.#planner.withHeaders(headers);
  }

  async group<Result>(name: string, run: (client: HttpClient) => Result | Promise<Result>): Promise<Result> {
    return run(new GroupedClient(this, name));
  }

  send(method: HttpMethod, url: string, options?: AnyOptions): Promise<AnyResponse> {
    return new Promise((resolve, reject) => {
      if (this.#closed) throw new StopUser();
      const recorder = this.#recorder;
      const callUs = this.#clock.nowUs();
      const plan = this.#planner.plan(method, url, options);
      const { target } = plan;
      const entry = recorder.entry(method, options?.name ?? target.name, this.#scenario);
      recorder.started(entry, callUs);
      const exchange = new Exchange(entry, target.url, callUs, this.#settle);
      if (this.#seat) exchange.intendedUs = this.#seat.takeIntended(callUs);
      if (options?.stream) {
        const stream = this.#stream(exchange, options.check as StreamOptions['check']) as AnyResponse &
          StreamedExchange;
        exchange.sink = stream;
        exchange.resolve = () => resolve(stream);
      } else {
        exchange.check = options?.check as Check | undefined;
        exchange.resolve = resolve as (response: HttpResponse) => void;
      }
      exchange.reject = reject;
      exchange.plan = plan;
      this.#send(exchange, plan);
    });
  }

  /** Discards the bodies that were to be streamed and that nobody has begun to read: for the end of an iteration. */
  discardUnread(): void {
    if (!this.#unread) return;
    for (const stream of this.#unread) stream.discardUnread();
    this.#unread = undefined;
  }

  /** Cuts off what is under way; from now on calls reject with `StopUser`. */
  close(): void {
    this.#closed = true;
    const known = this.#origins?.values() ?? (this.#connections ? [this.#connections] : []);
    for (const connections of known) connections.close();
    for (const exchange of this.#checking ?? []) {
      exchange.error = ABORTED;
      this.#record(exchange, undefined);
    }
    this.#checking = undefined;
  }

  #send(exchange: Exchange, plan: RequestPlan, waitedMs = 0): void {
    const connections = this.#connectionsTo(plan.target.origin);
    if (!this.#cookies) return connections.send(exchange, plan, waitedMs);
    const headers = this.#cookies.addTo(plan.options.headers as HeaderList, exchange.url);
    const options = { ...plan.options, headers } as typeof plan.options;
    return connections.send(exchange, { ...plan, options, repeated: undefined }, waitedMs);
  }

  #stream(exchange: Exchange, check: StreamOptions['check']): StreamedExchange {
    const clock = this.#clock;
    const owner: StreamOwner = {
      isPassedOver: () => isRedirect(exchange) && planRedirect(exchange, clock.nowUs()) !== undefined,
      opened: (stream, interrupted) => {
        this.#takeCookies(exchange);
        if (interrupted) return;
        this.#unread ??= new Set();
        this.#unread.add(stream);
        exchange.resolve?.(exchange);
      },
      discarded: (verdict) => {
        exchange.endUs = clock.nowUs();
        this.#judge(exchange, verdict);
      },
      nowUs: () => clock.nowUs(),
      recordTime: (time, durationUs, atUs) =>
        this.#recorder.streamTime(exchange.entry, { time, durationUs, atUs }),
    };
    return new StreamedExchange(exchange, owner, check);
  }

  readonly #settle = (exchange: Exchange): void => {
    const { sink } = exchange;
    if (!sink?.opened) this.#takeCookies(exchange);
    if (isRedirect(exchange) && this.#follow(exchange)) return;
    const { check, error } = exchange;
    const verdict = sink ? sink.end() : check && !error ? runCheck(check, exchange) : undefined;
    this.#judge(exchange, error ? undefined : verdict);
  };

  #judge(exchange: Exchange, verdict: CheckVerdict | Promise<CheckVerdict>): void {
    if (!(verdict instanceof Promise)) return this.#record(exchange, verdict);
    this.#checking ??= new Set();
    this.#checking.add(exchange);
    void verdict.then((late) => {
      if (this.#checking?.delete(exchange)) this.#record(exchange, late);
    });
  }

  /** @returns false where the response is final */
  #follow(exchange: Exchange): boolean {
    const { endUs, callUs } = exchange;
    const redirect = planRedirect(exchange, endUs);
    if (!redirect) return false;
    if ('kind' in redirect) {
      exchange.error = redirect;
      exchange.status = 0;
      return false;
    }
    exchange.nextHop(redirect);
    // The time that is left is all that the next hop has.
    this.#send(exchange, redirect, (endUs - callUs) / 1_000);
    return true;
  }

  #record(exchange: Exchange, verdict: CheckVerdict): void {
    const recorder = this.#recorder;
    const { entry, callUs, intendedUs, endUs, serviceUs, bytesReceived, retried, generatorDelayUs } =
      exchange;
    if (exchange.error) exchange.error = explainError(exchange.error, exchange);
    const { outcome, reason } = judgeExchange(exchange, verdict);
    this.completed++;
    const durationUs = endUs - (intendedUs ?? callUs);
    const ttfbUs = recorder.wantsTtfb || exchange.sink ? exchange.ttfbUs : undefined;
    recorder.record({ entry, outcome, durationUs, serviceUs, ttfbUs, endUs, bytesReceived, retried });
    if (generatorDelayUs !== undefined) recorder.generatorDelay(generatorDelayUs);
    if (reason !== undefined) recorder.failure(entry, reason);
    this.#emit?.(describeEnded(exchange, outcome, reason));
    exchange.sink?.counted();
    tellCaller(exchange, outcome, verdict);
  }

  #takeCookies(exchange: Exchange): void {
    const set = this.#keepsCookies ? exchange.setCookies : undefined;
    if (set) this.#jar().take(set, exchange.url);
  }

  #jar(): UserCookies {
    this.#cookies ??= new UserCookies(this.#planner.targets);
    return this.#cookies;
  }

  #connectionsTo(origin: string): Connections {
    if (this.#connections && origin === this.#origin) return this.#connections;
    if (this.#connections && this.#origin !== undefined) {
      this.#origins ??= new Map([[this.#origin, this.#connections]]);
    }
    const known = this.#origins?.get(origin);
    const connections = known ?? this.#pools.open(origin, this.#settings);
    this.#origins?.set(origin, connections);
    this.#origin = origin;
    this.#connections = connections;
    return connections;
  }
}

function isRedirect({ status }: Exchange): boolean {
  return status >= 300 && status < 400;
}

function tellCaller(exchange: Exchange, outcome: Outcome, verdict: CheckVerdict): void {
  if (outcome === 'aborted') exchange.reject?.(new StopUser());
  else if (verdict instanceof Interruption) exchange.reject?.(verdict.thrown);
  else exchange.resolve?.(exchange);
}
