import { formatThreshold, type Selector, suggest, type Threshold } from '@loadts/core';
import type { Problem } from '../config/problem.ts';

/** The names of a script's scenarios. */
export interface ScenarioNames {
  /** All of them; none where the script names none. */
  readonly all: readonly string[];
  /** Those that take part in the run. */
  readonly chosen: readonly string[];
}

export interface CheckedThresholds {
  readonly thresholds: readonly Threshold[];
  readonly problems: readonly Problem[];
  /** One sentence each. */
  readonly warnings: readonly string[];
}

/** Leaves out the thresholds of scenarios that were not chosen, and finds those that could never match. */
export function checkScenarioThresholds(
  thresholds: readonly Threshold[],
  names: ScenarioNames,
): CheckedThresholds {
  const isLeftOut = ({ selectors }: Threshold): boolean => {
    const scenario = valueOf(selectors, 'scenario');
    return scenario !== undefined && names.all.includes(scenario) && !names.chosen.includes(scenario);
  };
  return {
    thresholds: thresholds.filter((threshold) => !isLeftOut(threshold)),
    problems: thresholds.flatMap((threshold) => findProblem(threshold, names) ?? []),
    warnings: thresholds
      .filter(isLeftOut)
      .map((threshold) => `${formatThreshold(threshold)} is left out, since its scenario was not chosen`),
  };
}

function findProblem(threshold: Threshold, { all }: ScenarioNames): Problem | undefined {
  const text = formatThreshold(threshold);
  const scenario = valueOf(threshold.selectors, 'scenario');
  if (scenario === undefined) {
    if (all.length === 0 || valueOf(threshold.selectors, 'stage') === undefined) return undefined;
    const hint = `name the scenario beside it: {scenario="${all[0]}", stage="..."}`;
    return { text: `${text}: each scenario has stages of its own`, hint };
  }
  if (all.includes(scenario)) return undefined;
  if (all.length === 0) {
    const hint = 'leave scenario out, or export const scenarios = {...}';
    return { text: `${text}: the script names no scenarios`, hint };
  }
  const hint = suggest(scenario, all, `it has ${all.join(', ')}`);
  return { text: `${text}: the script has no scenario ${JSON.stringify(scenario)}`, hint };
}

function valueOf(selectors: readonly Selector[], wanted: Selector['field']): string | undefined {
  return selectors.find(({ field }) => field === wanted)?.value;
}
