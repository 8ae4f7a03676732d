import { LoadtsError, readUserClasses, type Threshold, type UserClass } from '@loadts/core';
import { configError, type Problem } from '../config/problem.ts';
import { isReadyMade } from '../config/profile-layer.ts';
import type { RunConfig } from '../config/run-config.ts';
import { checkScenarioThresholds } from './check-scenario-thresholds.ts';
import { chooseShape } from './choose-shape.ts';
import { type ChosenScenario, endOfScenario } from './chosen-scenario.ts';
import { readScenarios } from './read-scenarios.ts';
import type { ScenarioDefinition } from './scenario-reader.ts';
import { createShape, selectUserClasses, unknownName } from './script-contents.ts';
import { selectArrivals } from './select-arrivals.ts';
import { selectTasks } from './select-tasks.ts';

export interface ScenarioSources {
  readonly exports: Readonly<Record<string, unknown>>;
  readonly config: RunConfig;
  /** The fields that were set anywhere, in contrast to defaults. */
  readonly given: Pick<ReadonlySet<keyof RunConfig>, 'has'>;
}

export interface ChosenScenarios {
  readonly scenarios: readonly ChosenScenario[];
  /** Those that look at what runs. */
  readonly thresholds: readonly Threshold[];
  /** One sentence each. */
  readonly warnings: readonly string[];
}

/** What says how much load there is, and so contradicts scenarios that say it. */
const LOAD_FLAGS = {
  users: '--users',
  spawnRate: '--spawn-rate',
  stages: '--stages',
  shape: '--shape',
  rate: '--rate',
  maxUsers: '--max-users',
  whenBusy: '--when-busy',
  poisson: '--poisson',
} as const;

/**
 * The scenarios of the run: those that the script names, or the one without a name that the options describe.
 * @throws LoadtsError `CONFIG_INVALID` with all that is wrong.
 */
export function chooseScenarios(sources: ScenarioSources): ChosenScenarios {
  const { exports, config } = sources;
  if (exports['scenarios'] !== undefined) return chooseNamed(sources);
  refuseUnknown(config);
  const { thresholds, problems } = checkScenarioThresholds(config.thresholds, { all: [], chosen: [] });
  if (problems.length > 0) throw configError(problems);
  return { scenarios: [describeOnly(sources)], thresholds, warnings: [] };
}

/**
 * The user classes where something else decides over the load: those of the scenarios that the script names and
 * `--scenario` chooses; all where it names none.
 * @throws LoadtsError `CONFIG_INVALID` with all that is wrong.
 */
export function chooseClasses({ exports, config }: Omit<ScenarioSources, 'given'>): readonly UserClass[] {
  if (exports['scenarios'] === undefined) {
    refuseUnknown(config);
    return selectTasks(selectUserClasses(exports, config.classes), config);
  }
  const { definitions, problems } = readScenarios(exports['scenarios'], readUserClasses(exports));
  if (problems.length > 0) throw configError(problems);
  const chosen = selectNamed(definitions, config).flatMap((definition) => definition.classes);
  return selectTasks(chosen, config);
}

function refuseUnknown({ scenarios }: RunConfig): void {
  if (!scenarios) return;
  throw new LoadtsError('CONFIG_INVALID', '--scenario: the script names no scenarios', {
    hint: 'leave it out, or export const scenarios = { browse: { userClass: Browser, users: 20 } }',
  });
}

/** All user classes together, as `-u`, a shape or a rate says. */
function describeOnly({ exports, config, given }: ScenarioSources): ChosenScenario {
  const shape = chooseShape(exports, config, given);
  const arrivals = selectArrivals({ config, given, exports, shape });
  const classes = selectTasks(selectUserClasses(exports, config.classes), config);
  const { users, spawnRate, runTimeMs } = config;
  const endMs = endOfScenario({ startMs: 0, runTimeMs, arrivals }, runTimeMs);
  return { name: undefined, classes, shape, arrivals, users, spawnRate, startMs: 0, endMs };
}

function chooseNamed({ exports, config, given }: ScenarioSources): ChosenScenarios {
  const all = readUserClasses(exports);
  const { definitions, problems } = readScenarios(exports['scenarios'], all);
  const selected = selectNamed(definitions, config);
  const checked = checkScenarioThresholds(config.thresholds, {
    all: definitions.map(({ name }) => name),
    chosen: selected.map(({ name }) => name),
  });
  const found = [
    ...problems,
    ...checked.problems,
    ...findContradictions(selected, config, given),
    ...selected.flatMap((definition) => findLate(definition, config)),
  ];
  if (found.length > 0) throw configError(found);
  const classes = selectTasks(
    selected.flatMap((definition) => definition.classes),
    config,
  );
  const withTasks = new Map(classes.map((userClass) => [userClass.name, userClass]));
  const used = new Set(definitions.flatMap((definition) => definition.classes));
  return {
    scenarios: selected.map((definition) => describeNamed(definition, withTasks, config)),
    thresholds: checked.thresholds,
    warnings: [
      ...checked.warnings,
      ...all
        .filter((userClass) => !used.has(userClass))
        .map(({ name }) => `${name} is in no scenario: it has no users`),
    ],
  };
}

/** Those that `--scenario` names, with those of their classes that `--class` names. */
function selectNamed(
  definitions: readonly ScenarioDefinition[],
  { scenarios: names, classes: classNames }: RunConfig,
): ScenarioDefinition[] {
  const known = definitions.map(({ name }) => name);
  for (const name of names ?? []) if (!known.includes(name)) throw unknownName('scenario', name, known);
  const chosen = definitions.filter(({ name }) => !names || names.includes(name));
  if (!classNames) return chosen;
  const used = chosen.flatMap(({ classes }) => classes.map(({ name }) => name));
  for (const name of classNames)
    if (!used.includes(name)) throw unknownName('user class in a scenario', name, used);
  return chosen
    .map((definition) => ({
      ...definition,
      classes: definition.classes.filter(({ name }) => classNames.includes(name)),
    }))
    .filter(({ classes }) => classes.length > 0);
}

function describeNamed(
  definition: ScenarioDefinition,
  classes: ReadonlyMap<string, UserClass>,
  { runTimeMs }: RunConfig,
): ChosenScenario {
  const { name, shape, arrivals, users = 0, spawnRate, startMs } = definition;
  return {
    name,
    classes: definition.classes.flatMap((userClass) => classes.get(userClass.name) ?? []),
    shape: shape && { name: shape.name, shape: createShape(shape), takesOptions: false },
    arrivals,
    users,
    spawnRate,
    startMs,
    endMs: endOfScenario(definition, runTimeMs),
  };
}

/** What decides over the load beside the scenarios. */
function findContradictions(
  selected: readonly ScenarioDefinition[],
  { profile }: RunConfig,
  given: ScenarioSources['given'],
): Problem[] {
  const problems: Problem[] = [];
  // A ready-made profile sets users by itself.
  const flags = isReadyMade(profile)
    ? [`--profile ${profile}`]
    : (Object.keys(LOAD_FLAGS) as (keyof typeof LOAD_FLAGS)[])
        .filter((field) => given.has(field))
        .map((field) => LOAD_FLAGS[field]);
  if (flags.length > 0) {
    const text = `${flags.join(', ')}: the scenarios of the script say how much load there is`;
    const hint = 'leave that out and change the scenarios; --scenario chooses some, -t ends them all';
    problems.push({ text, hint });
  }
  const open = selected.filter(({ arrivals }) => arrivals).map(({ name }) => name);
  if (given.has('iterations') && open.length > 0) {
    const text = `--iterations: a rate starts as many as fit into the run time, as in ${open.join(', ')}`;
    problems.push({ text, hint: 'leave it out, or choose scenarios without a rate with --scenario' });
  }
  return problems;
}

/** A scenario that would never begin is a mistake, not a wish. */
function findLate({ name, startMs }: ScenarioDefinition, { runTimeMs }: RunConfig): Problem[] {
  if (runTimeMs === undefined || startMs < runTimeMs) return [];
  const text = `scenarios.${name}.startAfter: ${startMs / 1_000} s is not before the end of the run, --run-time ${runTimeMs / 1_000}`;
  return [{ text, hint: 'begin earlier, or run longer' }];
}
