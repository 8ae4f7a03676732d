import type { ClassFacts, TaskDefinition, UserClass } from '@loadts/core';

type TaskFacts = ClassFacts['tasks'][number];

/** The user classes with the shares that their tasks have. */
export function classFacts(classes: readonly UserClass[]): ClassFacts[] {
  return classes.map(({ name, weight, fixedCount, tasks }) => ({
    name,
    weight,
    fixedCount: fixedCount > 0 ? fixedCount : undefined,
    tasks: listTasks(tasks, { prefix: '', share: 1 }),
  }));
}

/** A task set's tasks share its part; one that follows transitions stands for all of its tasks. */
function listTasks(
  tasks: readonly TaskDefinition[],
  { prefix, share }: { readonly prefix: string; readonly share: number },
): TaskFacts[] {
  const weights = tasks.reduce((sum, { weight }) => sum + weight, 0);
  return tasks.flatMap(({ name, weight, taskSet }) => {
    const own = { name: prefix + name, share: weights === 0 ? 0 : (share * weight) / weights };
    if (!taskSet || taskSet.order === 'markov') return [own];
    return listTasks(taskSet.tasks, { prefix: `${own.name}.`, share: own.share });
  });
}
