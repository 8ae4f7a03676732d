import type { AnyOptions, HttpMethod } from '@loadts/core';
import type { HeaderList } from './request-headers.ts';
import { createPlan, type RequestDefaults } from './request-parts.ts';
import type { RequestPlan } from './request-plan.ts';
import type { TargetResolver } from './request-target.ts';

/** Plans remembered for each method; scripts that make up ever new URLs must not fill the memory. */
const MAX_KNOWN = 2_000;
const NO_OPTIONS: AnyOptions = {};
/** What options say that changes nothing of what is sent. */
const ABOUT_THE_RESPONSE: ReadonlySet<string> = new Set(['name', 'check', 'stream']);

/** HOT: plans requests, those that send nothing of their own once for all users of a class. */
export class RequestPlanner {
  readonly targets: TargetResolver;
  readonly #defaults: RequestDefaults;
  /** By method and URL. */
  readonly #known = new Map<HttpMethod, Map<string, RequestPlan>>();

  constructor(targets: TargetResolver, defaults: RequestDefaults) {
    this.targets = targets;
    this.#defaults = defaults;
  }

  /** What each request has, unless it says otherwise. */
  get headers(): HeaderList {
    return this.#defaults.headers;
  }

  withHeaders(headers: HeaderList): RequestPlanner {
    return new RequestPlanner(this.targets, { ...this.#defaults, headers });
  }

  /** @throws LoadtsError for what cannot be sent, or contradicts itself */
  plan(method: HttpMethod, url: string, options: AnyOptions | undefined): RequestPlan {
    if (isBare(options)) return this.#known.get(method)?.get(url) ?? this.#planBare(method, url);
    const target = this.targets.resolve(url, options?.query, options?.params);
    return createPlan(method, target, this.#defaults, options ?? NO_OPTIONS);
  }

  #planBare(method: HttpMethod, url: string): RequestPlan {
    const target = this.targets.resolve(url);
    const plan = { ...createPlan(method, target, this.#defaults, NO_OPTIONS), repeated: { head: undefined } };
    const plans = this.#known.get(method) ?? new Map<string, RequestPlan>();
    this.#known.set(method, plans);
    if (plans.size >= MAX_KNOWN) plans.clear();
    plans.set(url, plan);
    return plan;
  }
}

function isBare(options: AnyOptions | undefined): boolean {
  if (options === undefined) return true;
  for (const name in options) {
    if (!ABOUT_THE_RESPONSE.has(name) && options[name as keyof AnyOptions] !== undefined) return false;
  }
  return true;
}
