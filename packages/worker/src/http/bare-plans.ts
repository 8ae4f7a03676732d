import type { AnyOptions, HttpMethod } from '@loadts/core';
import type { RequestPlan } from './request-plan.ts';
import type { RequestTarget } from './request-target.ts';

/** Plans remembered for each method; scripts that make up ever new URLs must not fill the memory. */
const MAX_KNOWN = 2_000;
/** What options say that changes nothing of what is sent. */
const ABOUT_THE_RESPONSE: ReadonlySet<string> = new Set(['name', 'check', 'stream']);

/** HOT: the plans of requests that send nothing of their own, made once for all users of a class. */
export class BarePlans {
  readonly #known = new Map<HttpMethod, Map<RequestTarget, RequestPlan>>();

  get(method: HttpMethod, target: RequestTarget): RequestPlan | undefined {
    return this.#known.get(method)?.get(target);
  }

  add(method: HttpMethod, target: RequestTarget, plan: RequestPlan): void {
    const plans = this.#known.get(method) ?? new Map<RequestTarget, RequestPlan>();
    this.#known.set(method, plans);
    if (plans.size >= MAX_KNOWN) plans.clear();
    plans.set(target, plan);
  }
}

export function isBare(options: AnyOptions | undefined): boolean {
  if (options === undefined) return true;
  for (const name in options) {
    if (!ABOUT_THE_RESPONSE.has(name) && options[name as keyof AnyOptions] !== undefined) return false;
  }
  return true;
}
