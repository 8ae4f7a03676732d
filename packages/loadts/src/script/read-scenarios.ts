import type { UserClass } from '@loadts/core';
import { MAX_SCENARIOS } from '@loadts/protocol';
import { type Problem, showValue } from '../config/problem.ts';
import { type ScenarioDefinition, ScenarioReader } from './scenario-reader.ts';

export interface ReadScenarios {
  readonly definitions: readonly ScenarioDefinition[];
  readonly problems: readonly Problem[];
}

const EXAMPLE = 'write export const scenarios = { browse: { userClass: Browser, users: 20 } }';

/**
 * The script's export named `scenarios`, with all that is wrong in it.
 * @param classes all user classes that the script exports
 */
export function readScenarios(exported: unknown, classes: readonly UserClass[]): ReadScenarios {
  const problems: Problem[] = [];
  if (typeof exported !== 'object' || exported === null || Array.isArray(exported)) {
    const text = `scenarios: ${showValue(exported)} is not an object of scenarios by name`;
    return { definitions: [], problems: [{ text, hint: EXAMPLE }] };
  }
  const entries = Object.entries(exported);
  if (entries.length === 0) problems.push({ text: 'scenarios: there are none', hint: EXAMPLE });
  if (entries.length > MAX_SCENARIOS) {
    const text = `scenarios: there are ${entries.length}`;
    problems.push({ text, hint: `a run can have ${MAX_SCENARIOS}` });
  }
  const definitions = entries.flatMap(([name, raw]) => {
    const reader = new ScenarioReader(name, classes);
    const definition = reader.read(raw);
    problems.push(...reader.problems);
    return definition ?? [];
  });
  return { definitions, problems: [...problems, ...findShared(definitions)] };
}

/** A user class has one scenario: that tells users, their random numbers and their exceptions apart. */
function findShared(definitions: readonly ScenarioDefinition[]): Problem[] {
  const first = new Map<UserClass, string>();
  const problems: Problem[] = [];
  for (const { name, classes } of definitions) {
    for (const userClass of classes) {
      const other = first.get(userClass);
      if (other !== undefined) {
        const where = other === name ? 'is there twice' : `belongs to ${other} already`;
        const hint = `give it a class of its own: export class Other${userClass.name} extends ${userClass.name} {}`;
        problems.push({ text: `scenarios.${name}.userClass: ${userClass.name} ${where}`, hint });
      }
      first.set(userClass, name);
    }
  }
  return problems;
}
