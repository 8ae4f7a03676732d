import { type ClassFacts, formatThreshold, readShapes, readUserClasses } from '@loadts/core';
import type { FormArg, FormClass, FormView } from '@loadts/protocol';
import type { PreparedRun } from '../commands/prepare-run.ts';
import { READY_MADE_PROFILES } from '../config/profile-layer.ts';
import type { ScriptArg } from '../config/read-arg-definitions.ts';
import { classFacts } from '../script/class-facts.ts';

/** What the start form is filled with: the configuration of the command, and what the script has to choose from. */
export function describeForm({ config, exports, classes, scenarios, ...prepared }: PreparedRun): FormView {
  const names = (exported: unknown): string[] => Object.keys(exported ?? {});
  return {
    users: config.users,
    spawnRate: config.spawnRate,
    host: config.host ?? null,
    runTime: config.runTimeMs === undefined ? null : `${config.runTimeMs / 1_000}s`,
    rate: config.rate ?? null,
    maxUsers: config.maxUsers ?? null,
    shape: config.shape ?? null,
    profile: config.profile ?? null,
    classes: viewClasses(classFacts(readUserClasses(exports))),
    chosenClasses: classes.map(({ name }) => name),
    shapes: readShapes(exports).map(({ name }) => name),
    profiles: [...new Set([...READY_MADE_PROFILES, ...names(exports['profiles'])])],
    scenarios: scenarios.flatMap(({ name }) => name ?? []),
    thresholds: config.thresholds.map(formatThreshold),
    args: prepared.argDefinitions.map((definition) => viewArg(definition, prepared.args)),
  };
}

/** The same without what JSON has not. */
export function viewClasses(classes: readonly ClassFacts[]): FormClass[] {
  return classes.map(({ fixedCount = null, ...facts }) => ({ ...facts, fixedCount }));
}

function viewArg(definition: ScriptArg, args: PreparedRun['args']): FormArg {
  const { name, type, secret, choices = [], help } = definition;
  const value = args[name];
  return {
    name,
    kind: kindOf(definition),
    // A secret stays where it is: left empty, it is used all the same.
    default: secret ? null : (value ?? null),
    choices: type === 'boolean' || secret ? [] : choices,
    help,
    isRequired: value === undefined,
  };
}

function kindOf({ type, secret, choices }: ScriptArg): FormArg['kind'] {
  if (secret) return 'secret';
  if (type === 'boolean') return 'boolean';
  if (choices !== undefined) return 'choice';
  return type === 'number' ? 'number' : 'text';
}
