import type { Random } from '../random.ts';
import type { TaskDefinition, TaskOrderKind } from './task-definition.ts';
import { createWeightedPicker } from './task-picker.ts';

/** The index of the next task; -1 where a chain has come to its end. */
export type TaskOrder = () => number;

/** In which order a user or task set runs its tasks, of which there is at least one. */
export function createTaskOrder(
  kind: TaskOrderKind,
  tasks: readonly TaskDefinition[],
  random: Random,
): TaskOrder {
  if (kind === 'sequential') return createSequence(tasks);
  if (kind === 'markov') return createChain(tasks, random);
  return createWeightedPicker(
    tasks.map(({ weight }) => weight),
    random,
  );
}

function createSequence(tasks: readonly TaskDefinition[]): TaskOrder {
  let index = 0;
  let left = tasks[0]?.weight ?? 0;
  return () => {
    if (left === 0) {
      index = (index + 1) % tasks.length;
      left = tasks[index]?.weight ?? 0;
    }
    left--;
    return index;
  };
}

function createChain(tasks: readonly TaskDefinition[], random: Random): TaskOrder {
  const names = tasks.map(({ name }) => name);
  const steps = tasks.map(({ transitions = [] }): TaskOrder => {
    const targets = transitions.map(({ target }) => names.indexOf(target));
    const weights = transitions.map(({ weight }) => weight);
    const pick = createWeightedPicker(weights, random);
    return () => targets[pick()] ?? -1;
  });
  let current: number | undefined;
  return () => {
    current = current === undefined ? 0 : (steps[current]?.() ?? -1);
    return current;
  };
}
