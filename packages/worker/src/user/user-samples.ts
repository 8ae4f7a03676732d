import {
  type Clock,
  isControlFlow,
  LoadtsError,
  type Measure,
  type MeasuredSample,
  type MeasureOptions,
  StopUser,
} from '@loadts/core';
import { TEXT_LIMITS } from '@loadts/protocol';
import type { ArrivalSeat } from '../arrival/arrival-seat.ts';
import type { Emit } from '../events/create-emitter.ts';
import type { EndedRequest } from '../events/request-emitter.ts';
import { isThenable } from '../is-thenable.ts';
import type { EntryRecorder } from '../statistics/entry-recorder.ts';
import type { Recorder } from '../statistics/recorder.ts';
import { judgeThrown } from './judge-thrown.ts';

export interface UserSamplesOptions {
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** The index of the user's scenario; 0 unless given. */
  readonly scenario?: number;
  /** Errors that have failed a sample: they are no exceptions of a task as well. */
  readonly countedErrors: WeakSet<object>;
  readonly emit: Emit<EndedRequest> | undefined;
  /** Where iterations begin with arrivals. */
  readonly seat?: Pick<ArrivalSeat, 'takeIntended'> | undefined;
}

/** One piece of measured work that has begun. */
interface OpenSample {
  readonly entry: EntryRecorder;
  readonly url: string | undefined;
  readonly startUs: number;
  /** When the schedule of an open scenario wanted it. */
  readonly intendedUs: number | undefined;
  readonly handle: MeasuredSample;
  /** What the script said of it: true, or why it failed. */
  verdict: true | string | undefined;
  readonly reject: (reason: unknown) => void;
}

type Ending = Pick<EndedRequest, 'outcome' | 'reason' | 'error'>;

const OK: Ending = { outcome: 'ok', reason: undefined, error: undefined };
const ABORTED: Ending = { outcome: 'aborted', reason: undefined, error: undefined };
const FAILED = 'failed';

/** HOT: what one user measures by itself, beside its HTTP client. */
export class UserSamples {
  readonly #options: UserSamplesOptions;
  /** None until there is one: most users measure nothing by themselves. */
  #open: Set<OpenSample> | undefined;
  #closed = false;

  constructor(options: UserSamplesOptions) {
    this.#options = options;
  }

  readonly measure: Measure = <Result>(
    method: string,
    name: string,
    work: (sample: MeasuredSample) => Result | Promise<Result>,
    options: MeasureOptions = {},
  ) =>
    new Promise<Result>((resolve, reject) => {
      checkCall(method, name, work);
      if (this.#closed) throw new StopUser();
      const sample = this.#begin(method, name, options.url, reject);
      const pass = (result: Result): void => {
        this.#end(sample, OK);
        resolve(result);
      };
      const fail = (thrown: unknown): void => {
        this.#end(sample, isControlFlow(thrown) ? OK : { ...judgeThrown(thrown), error: thrown });
        reject(thrown);
      };
      try {
        const result = work(sample.handle);
        if (isThenable(result)) result.then(pass, fail);
        else pass(result);
      } catch (thrown) {
        fail(thrown);
      }
    });

  /** What still runs was cut off; from now on calls reject with `StopUser`. */
  close(): void {
    this.#closed = true;
    for (const sample of this.#open ?? []) {
      this.#finish(sample, ABORTED);
      sample.reject(new StopUser());
    }
    this.#open = undefined;
  }

  #begin(method: string, name: string, url: string | undefined, reject: OpenSample['reject']): OpenSample {
    const { clock, recorder, scenario } = this.#options;
    const entry = recorder.entry(method, name, scenario);
    const startUs = clock.nowUs();
    const handle: MeasuredSample = {
      bytesReceived: 0,
      success: () => {
        sample.verdict = true;
      },
      failure: (reason) => {
        // Scripts in JavaScript may leave it out.
        sample.verdict = typeof reason === 'string' ? reason.slice(0, TEXT_LIMITS.reason) : FAILED;
      },
    };
    const intendedUs = this.#options.seat?.takeIntended(startUs);
    const sample: OpenSample = { entry, url, startUs, intendedUs, handle, verdict: undefined, reject };
    recorder.started(entry, startUs);
    this.#open ??= new Set();
    this.#open.add(sample);
    return sample;
  }

  /** Unless it was cut off before. */
  #end(sample: OpenSample, ending: Ending): void {
    if (!this.#open?.delete(sample)) return;
    this.#finish(sample, applyVerdict(sample.verdict, ending));
  }

  #finish(sample: OpenSample, { outcome, reason, error }: Ending): void {
    const { clock, recorder, countedErrors, emit } = this.#options;
    const { entry, url, startUs, intendedUs, handle } = sample;
    const endUs = clock.nowUs();
    const bytesReceived = Number.isSafeInteger(handle.bytesReceived) ? Math.max(0, handle.bytesReceived) : 0;
    const durationUs = endUs - (intendedUs ?? startUs);
    const serviceUs = intendedUs === undefined ? undefined : endUs - startUs;
    recorder.record({ entry, outcome, durationUs, serviceUs, endUs, bytesReceived, retried: false });
    if (reason !== undefined) recorder.failure(entry, reason);
    if (outcome !== 'ok' && typeof error === 'object' && error !== null) countedErrors.add(error);
    const { method, name } = entry.key;
    emit?.({
      method,
      name,
      url,
      outcome,
      status: 0,
      reason,
      error,
      startUs: intendedUs ?? startUs,
      endUs,
      serviceUs,
      bytesReceived,
      response: undefined,
    });
  }
}

function applyVerdict(verdict: OpenSample['verdict'], ending: Ending): Ending {
  if (verdict === undefined) return ending;
  if (verdict === true) return { ...OK, error: ending.error };
  return { outcome: 'checkFailed', reason: verdict, error: ending.error };
}

/** Scripts in JavaScript may pass anything. */
function checkCall(method: unknown, name: unknown, work: unknown): void {
  const hasMethod = typeof method === 'string' && method !== '';
  if (hasMethod && typeof name === 'string' && typeof work === 'function') return;
  throw new LoadtsError(
    'REQUEST_INVALID',
    `measure was called with ${method === '' ? 'an empty method' : typeof method}, ${typeof name} and ${typeof work}`,
    { hint: "pass a method, a name and the work: measure('GRPC', 'SayHello', async (sample) => { ... })" },
  );
}
