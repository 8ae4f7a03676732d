import { type ClassFacts, formatThreshold, readShapes, readUserClasses } from '@loadts/core';
import type { FormArg, FormClass, FormScenario, FormView } from '@loadts/protocol';
import type { PreparedRun } from '../commands/prepare-run.ts';
import { READY_MADE_PROFILES } from '../config/profile-layer.ts';
import type { ScriptArg } from '../config/read-arg-definitions.ts';
import { classFacts } from '../script/class-facts.ts';
import { describeDefinition, describeRate } from '../script/describe-scenarios.ts';
import { readScenarios } from '../script/read-scenarios.ts';
import { durationText } from './duration-text.ts';

/** What the start form is filled with: the configuration of the command, and what the script has to choose from. */
export function describeForm({ config, exports, classes, scenarios, ...prepared }: PreparedRun): FormView {
  const names = (exported: unknown): string[] => Object.keys(exported ?? {});
  const shapes = readShapes(exports).map(({ name }) => name);
  const [{ shape, arrivals } = {}] = scenarios;
  return {
    users: config.users,
    spawnRate: config.spawnRate,
    host: config.host ?? null,
    runTime: config.runTimeMs === undefined ? null : durationText(config.runTimeMs),
    rate: config.rate ?? null,
    maxUsers: config.maxUsers ?? null,
    // The only one of a script need not be named.
    shape: shapes.find((name) => name === shape?.name) ?? null,
    profile: config.profile ?? null,
    classes: viewClasses(classFacts(readUserClasses(exports))),
    chosenClasses: classes.map(({ name }) => name),
    shapes,
    profiles: [...new Set([...READY_MADE_PROFILES, ...names(exports['profiles'])])],
    scriptRate: arrivals && config.rate === undefined ? describeRate(arrivals.stages) : null,
    scenarios: viewScenarios(exports),
    chosenScenarios: scenarios.flatMap(({ name }) => name ?? []),
    thresholds: config.thresholds.map(formatThreshold),
    args: prepared.argDefinitions.map((definition) => viewArg(definition, prepared.args)),
  };
}

/** The same without what JSON has not. */
export function viewClasses(classes: readonly ClassFacts[]): FormClass[] {
  return classes.map(({ fixedCount = null, ...facts }) => ({ ...facts, fixedCount }));
}

function viewScenarios(exports: PreparedRun['exports']): FormScenario[] {
  const { scenarios } = exports;
  if (scenarios === undefined) return [];
  const { definitions } = readScenarios(scenarios, readUserClasses(exports));
  return definitions.map((definition) => ({ name: definition.name, load: describeDefinition(definition) }));
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
