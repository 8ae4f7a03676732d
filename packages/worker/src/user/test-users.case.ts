import {
  type User,
  User as UserBase,
  type UserClass,
  type UserConstructor,
  type UserContext,
  type WaitContext,
} from '@loadts/core';
import { onTestFinished } from 'vitest';
import { WorkerEvents } from '../events/worker-events.ts';
import { FakeClock } from '../fake-clock.case.ts';
import { ConnectionPools } from '../http/connection-pools.ts';
import { Recording } from '../statistics/recording.case.ts';
import type { UserEnvironment } from './user-environment.ts';
import { UserLoop } from './user-loop.ts';

/** What a test makes its users do; each gets the user as its argument. */
export interface Script {
  readonly tasks?: Readonly<Record<string, (user: User) => unknown>>;
  readonly weights?: Readonly<Record<string, number>>;
  readonly onStart?: (user: User) => unknown;
  readonly onStop?: (user: User) => unknown;
  readonly waitTime?: (context: WaitContext) => number;
  readonly host?: string;
}

/** A user class as a script would declare it. */
export function defineUser(script: Script, name = 'TestUser', base: typeof UserBase = UserBase): UserClass {
  const tasks = script.tasks ?? {};
  const Base = base as unknown as new (context: UserContext) => User;
  const create = class extends Base {
    override waitTime(context: WaitContext): number {
      return script.waitTime?.(context) ?? 0;
    }
    override async onStart(): Promise<void> {
      await script.onStart?.(this);
    }
    override async onStop(): Promise<void> {
      await script.onStop?.(this);
    }
  };
  for (const [task, run] of Object.entries(tasks)) {
    Object.defineProperty(create.prototype, task, {
      value(this: User) {
        return run(this);
      },
    });
  }
  return {
    name,
    weight: 1,
    fixedCount: 0,
    host: script.host,
    tasks: Object.keys(tasks).map((task) => ({ name: task, weight: script.weights?.[task] ?? 1 })),
    create: create as unknown as UserConstructor,
  };
}

/** What users live in, on a clock that the test moves. */
export function createEnvironment(options: Partial<UserEnvironment> = {}): {
  readonly clock: FakeClock;
  readonly recording: Recording;
  readonly environment: UserEnvironment;
  /** What users gave as their reasons to stop the run. */
  readonly stopReasons: readonly string[];
} {
  const clock = new FakeClock(1_000);
  const recording = new Recording();
  const stopReasons: string[] = [];
  const environment = {
    clock,
    recorder: recording.recorder,
    runStartUs: 0,
    scenario: 0,
    events: new WorkerEvents({ events: {}, clock, onFailed: () => {} }),
    countedErrors: new WeakSet<object>(),
    seed: 7,
    host: undefined,
    pools: new ConnectionPools({ clock, insecure: false }),
    data: undefined,
    args: {},
    budget: undefined,
    stopRun: (reason: string) => void stopReasons.push(reason),
    ...options,
  };
  return { clock, recording, environment, stopReasons };
}

/** A user that runs this script, until the test ends. */
export function startUser(script: Script, options: Partial<UserEnvironment> = {}, ordinal = 0) {
  const { clock, recording, environment, stopReasons } = createEnvironment(options);
  const loop = new UserLoop(defineUser(script), ordinal, environment);
  const state = { ended: false };
  const ended = loop.run().then(() => {
    state.ended = true;
  });
  onTestFinished(() => loop.abort());
  return { loop, clock, recording, ended, state, stopReasons };
}

/** Notes what happens, in that order. */
export function createDiary() {
  const entries: string[] = [];
  return { entries, note: (text: string) => () => void entries.push(text) };
}
