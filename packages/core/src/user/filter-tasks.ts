import type { TaskDefinition } from './task-definition.ts';

/** Which tasks take part in a run, by their tags. */
export interface TagFilter {
  /** Any of these has to be there; an empty list takes all tasks. */
  readonly tags: readonly string[];
  /** None of these may be there, whatever else is. */
  readonly excludeTags: readonly string[];
}

/** The tasks that are left, task sets included as far as they have some. */
export function filterTasks(tasks: readonly TaskDefinition[], filter: TagFilter): TaskDefinition[] {
  return tasks.flatMap((task) => {
    const { taskSet } = task;
    if (!taskSet) return isWanted(task.tags ?? [], filter) ? [task] : [];
    const left = filterTasks(taskSet.tasks, filter);
    return left.length > 0 ? [{ ...task, taskSet: { ...taskSet, tasks: left } }] : [];
  });
}

function isWanted(own: readonly string[], { tags, excludeTags }: TagFilter): boolean {
  if (own.some((name) => excludeTags.includes(name))) return false;
  return tags.length === 0 || own.some((name) => tags.includes(name));
}
