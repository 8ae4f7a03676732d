import type { RunEvent, RunReport, SecondDelta } from '@loadts/core';
import type { Connection } from '@loadts/protocol';
import { FakeClock, settle } from '../fake-clock.case.ts';
import { FakeWorker, type FakeWorkerOptions, TOKEN } from '../fake-worker.case.ts';
import type { LiveState } from '../report/live-view.ts';
import { WorkerLink } from '../worker/worker-link.ts';
import { createConstantLoad } from './load-source.ts';
import { RunController, type RunControllerOptions } from './run-controller.ts';
import type { RunObserver } from './run-observer.ts';
import type { RunSettings } from './run-settings.ts';
import { sampleScenario } from './scenario-settings.case.ts';

export interface RunSetup
  extends Partial<Pick<RunControllerOptions, 'createLoad' | 'afterDrain' | 'feeders'>> {
  /** One for each worker; two workers that do what they should unless given. */
  readonly workers?: readonly FakeWorkerOptions[];
  readonly settings?: Partial<RunSettings>;
}

/** A run on fake workers and a fake clock that has just started. */
export interface TestRun {
  readonly clock: FakeClock;
  readonly controller: RunController;
  readonly workers: readonly FakeWorker[];
  readonly updates: readonly LiveState[];
  readonly seconds: readonly SecondDelta[];
  readonly events: readonly RunEvent[];
  readonly report: Promise<RunReport>;
  /** Whether the report is there. */
  readonly isOver: () => boolean;
  /** Another worker comes and has loaded the script. */
  readonly join: (options?: FakeWorkerOptions) => Promise<FakeWorker>;
  /** One that was there connects again. */
  readonly comeBack: (options: FakeWorkerOptions) => Promise<FakeWorker>;
  /** Seconds pass for the signs of life. */
  readonly beat: (times: number) => void;
}

/** Takes no notice. */
export const IDLE_OBSERVER: RunObserver = {
  start() {},
  addWorker() {},
  addSecond() {},
  noteThresholds() {},
  addHealth() {},
  addEvent() {},
};

export function createSettings(settings: Partial<RunSettings> = {}): RunSettings {
  return {
    script: 'load.ts',
    host: undefined,
    scenarios: [sampleScenario()],
    seed: 42,
    runTimeMs: undefined,
    iterations: undefined,
    stopTimeoutMs: 5_000,
    maxEntries: 1_000,
    insecure: false,
    debug: false,
    data: null,
    args: {},
    tags: [],
    excludeTags: [],
    endsScript: false,
    onWorkerLoss: 'rebalance',
    masterLostTimeoutMs: 15_000,
    thresholds: [],
    ttfb: false,
    warmupSeconds: undefined,
    resetStats: false,
    overloadIsInvalid: false,
    ...settings,
  };
}

export async function startRun(setup: RunSetup = {}): Promise<TestRun> {
  const clock = new FakeClock();
  const links: WorkerLink[] = [];
  let controller: RunController | undefined;
  const accept = (connection: Connection): void => {
    new WorkerLink(connection, TOKEN, {
      assignId: () => links.length + 1,
      joined: (link) => links.push(link),
      message: (link, message) => controller?.receive(link, message),
      closed: (link, reason) => controller?.lose(link, reason),
      resume: (_, resume) => links.find((link) => link.matches(resume)),
      returned: (link) => controller?.restore(link),
      departed: (link, reason) => controller?.lose(link, reason),
    });
  };
  const workers = (setup.workers ?? [{}, {}]).map((options) => new FakeWorker(accept, options).greet());
  await settle();
  const updates: LiveState[] = [];
  const seconds: SecondDelta[] = [];
  const events: RunEvent[] = [];
  controller = new RunController({
    clock,
    settings: createSettings(setup.settings),
    createLoad: setup.createLoad ?? (() => createConstantLoad({ users: 10, spawnRate: 'all' })),
    workers: links,
    feeders: setup.feeders ?? [],
    afterDrain: setup.afterDrain ?? (() => Promise.resolve([])),
    observer: {
      ...IDLE_OBSERVER,
      addSecond: (second) => void seconds.push(second),
      addEvent: (event) => void events.push(event),
    },
    onUpdate: (update) => updates.push(update),
  });
  let over = false;
  const report = controller.run().finally(() => {
    over = true;
  });
  await settle();
  const running = controller;
  const comeBack = async (options: FakeWorkerOptions): Promise<FakeWorker> => {
    const worker = new FakeWorker(accept, options).greet();
    await settle();
    return worker;
  };
  const beat = (times: number): void => {
    for (let i = 0; i < times; i++) for (const link of links) link.beat();
  };
  const join = async (options?: FakeWorkerOptions): Promise<FakeWorker> => {
    const worker = new FakeWorker(accept, options).greet();
    await settle();
    const link = links.at(-1);
    if (link) running.join(link);
    await settle();
    return worker;
  };
  return {
    clock,
    controller,
    workers,
    updates,
    seconds,
    events,
    report,
    isOver: () => over,
    join,
    comeBack,
    beat,
  };
}
