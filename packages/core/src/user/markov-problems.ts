import type { TaskDefinition } from './task-definition.ts';

/**
 * What is wrong with the chain of a `MarkovTaskSet`, one sentence each.
 * @param tags those of the task set itself
 */
export function findMarkovProblems(
  name: string,
  tasks: readonly TaskDefinition[],
  tags: readonly string[],
): string[] {
  const known = tasks.map((task) => task.name);
  const lost = tasks.flatMap((task) =>
    (task.transitions ?? [])
      .filter(({ target }) => !known.includes(target))
      .map(({ target }) => `${name}.${task.name} leads to ${target}, which is no task of ${name}`),
  );
  const foreign = tasks
    .filter((task) => task.taskSet !== undefined || task.run !== undefined)
    .map((task) => `${name} lists ${task.name}, but a chain has methods only`);
  const tagged = tasks
    .filter((task) => (task.tags?.length ?? 0) > tags.length)
    .map(
      (task) =>
        `${name}.${task.name} has a tag of its own, but without it the chain would break: tag ${name}`,
    );
  return [...lost, ...foreign, ...tagged];
}

/** The tasks that no user ever comes to. */
export function findUnreachable(tasks: readonly TaskDefinition[]): string[] {
  const reached = new Set(tasks.slice(0, 1).map(({ name }) => name));
  // A set also iterates over what is added on the way.
  for (const name of reached) {
    const transitions = tasks.find((task) => task.name === name)?.transitions ?? [];
    for (const { target } of transitions) reached.add(target);
  }
  return tasks.map(({ name }) => name).filter((name) => !reached.has(name));
}
