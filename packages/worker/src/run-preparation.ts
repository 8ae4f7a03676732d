import {
  type Args,
  type Clock,
  filterTasks,
  LoadtsError,
  sharedHost,
  type TagFilter,
  type UserClass,
} from '@loadts/core';
import type { PrepareMessage, RunClass } from '@loadts/protocol';
import { RunHooks } from './hooks/run-hooks.ts';
import type { PreparedScenario } from './scenario/scenario-loads.ts';
import type { WorkerScript } from './script/worker-script.ts';

/** All of a run that is known before its time zero. */
export interface RunPreparation {
  readonly message: PrepareMessage;
  readonly events: WorkerScript['events'];
  readonly feeders: WorkerScript['feeders'];
  /** In the order of the run's scenario indexes. */
  readonly scenarios: readonly PreparedScenario[];
  /** Frozen, since a user that changes what all share would change it for some of the others only. */
  readonly data: unknown;
  readonly args: Args;
  readonly hooks: RunHooks;
}

/** @throws LoadtsError `SCRIPT_LOAD_FAILED` where the script lacks a class here. */
export function prepareRun(message: PrepareMessage, script: WorkerScript, clock: Clock): RunPreparation {
  const { events, feeders, hooks } = script;
  const scenarios = message.scenarios.map((scenario) => ({
    scenario,
    userClasses: selectClasses(scenario.classes, message, script.userClasses),
  }));
  const data = message.data === null ? undefined : parseFrozen(message.data);
  const args = parseFrozen(message.args) as Args;
  const host = message.host ?? sharedHost(scenarios.flatMap(({ userClasses }) => userClasses));
  const worker = { index: message.workerIndex, count: message.workers };
  return {
    message,
    events,
    feeders,
    scenarios,
    data,
    args,
    hooks: new RunHooks({ hooks, clock, context: { host, args, data, worker } }),
  };
}

function parseFrozen(json: string): unknown {
  return JSON.parse(json, (_, value: unknown) => Object.freeze(value));
}

function selectClasses(
  wanted: readonly RunClass[],
  filter: TagFilter,
  userClasses: readonly UserClass[],
): UserClass[] {
  return wanted.map(({ name }) => {
    const found = userClasses.find((userClass) => userClass.name === name);
    if (found) return { ...found, tasks: filterTasks(found.tasks, filter) };
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the script has no user class ${name} on this worker`, {
      hint: 'a script must export the same classes on every machine',
    });
  });
}
