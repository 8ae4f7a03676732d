import type { RateStage } from '@loadts/core';
import { type ChosenScenario, endOfScenario } from './chosen-scenario.ts';
import { describeClasses, describeTaskRatio } from './describe-tasks.ts';
import type { ScenarioDefinition } from './scenario-reader.ts';

/** How many a shape has is not known: enough for a ratio. */
const USERS_OF_A_SHAPE = 100;

/** What `--list` shows: the user classes, and the scenarios where the script names them. */
export function describeContents(scenarios: readonly ChosenScenario[]): string {
  const classes = describeClasses(scenarios.flatMap((scenario) => scenario.classes));
  const named = scenarios.filter(({ name }) => name !== undefined);
  if (named.length === 0) return classes;
  const width = Math.max(...named.map(({ name = '' }) => name.length));
  const lines = named.map(
    ({ name = '', ...scenario }) => `  ${name.padEnd(width)}  ${describeLoad(scenario)}`,
  );
  return [classes, 'Scenarios:', ...lines].join('\n');
}

/** What `--show-task-ratio` shows: of each scenario, since each has users of its own. */
export function describeTaskRatios(scenarios: readonly ChosenScenario[]): string {
  return scenarios
    .map(({ name, classes, users, arrivals }) => {
      const ratio = describeTaskRatio(classes, arrivals?.maxUsers ?? (users > 0 ? users : USERS_OF_A_SHAPE));
      return name === undefined ? ratio : `Scenario ${name}\n${ratio}`;
    })
    .join('\n\n');
}

/** The load of a scenario, chosen or not: `20 users of Browser, 2/s, from 10 s`. */
export function describeDefinition({ users = 0, ...definition }: ScenarioDefinition): string {
  return describeLoad({ ...definition, users, endMs: endOfScenario(definition, undefined) });
}

interface ScenarioLoad extends Omit<ChosenScenario, 'name' | 'shape'> {
  readonly shape: { readonly name: string } | undefined;
}

function describeLoad({ startMs, endMs, ...load }: ScenarioLoad): string {
  return [
    describeUsers(load),
    ...(startMs > 0 ? [`from ${startMs / 1_000} s`] : []),
    ...(endMs === undefined ? [] : [`until ${endMs / 1_000} s`]),
  ].join(', ');
}

function describeUsers(load: Omit<ScenarioLoad, 'startMs' | 'endMs'>): string {
  const { classes, shape, arrivals, users, spawnRate } = load;
  const names = classes.map(({ name }) => name).join(', ');
  if (shape) return `users of ${names} as shape ${shape.name} says`;
  if (arrivals) return `${describeRate(arrivals.stages)} on up to ${arrivals.maxUsers} users of ${names}`;
  return `${users} users of ${names}, ${spawnRate === 'all' ? 'all at once' : `${spawnRate}/s`}`;
}

/** `50 iterations/s`, or `5 to 50 iterations/s` where the rate changes. */
export function describeRate(stages: readonly RateStage[]): string {
  const rates = stages.flatMap(({ startRate, endRate }) => [startRate, endRate]);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  return least === most ? `${most} iterations/s` : `${least} to ${most} iterations/s`;
}
