import {
  filterTasks,
  findUnreachable,
  LoadtsError,
  type TagFilter,
  type TaskDefinition,
  type UserClass,
} from '@loadts/core';

/** The classes with the tasks that their tags let in. @throws LoadtsError `CONFIG_INVALID` where a class has none left. */
export function selectTasks(classes: readonly UserClass[], filter: TagFilter): UserClass[] {
  const selected = classes.map((userClass) => ({
    ...userClass,
    tasks: filterTasks(userClass.tasks, filter),
  }));
  const empty = selected.filter(({ tasks }) => tasks.length === 0).map(({ name }) => name);
  if (empty.length === 0) return selected;
  const known = [...new Set(classes.flatMap(({ tasks }) => tasks.flatMap(tagsOf)))];
  const others = selected.filter(({ tasks }) => tasks.length > 0).map(({ name }) => name);
  const has =
    known.length > 0 ? `the tags of the script are ${known.join(', ')}` : 'no task of the script has a tag';
  const without = others.length > 0 ? `; --class ${others.join(' ')} runs the others alone` : '';
  throw new LoadtsError('CONFIG_INVALID', `${describeFilter(filter)} leaves no task to ${empty.join(', ')}`, {
    hint: has + without,
  });
}

/** One sentence for each chain of tasks that no user can follow to its end. */
export function warnOfUnreachable(classes: readonly UserClass[]): string[] {
  return classes.flatMap(({ tasks }) => tasks.flatMap(warnOfTask));
}

function warnOfTask({ taskSet }: TaskDefinition): string[] {
  if (!taskSet) return [];
  const { name, order, tasks } = taskSet;
  if (order !== 'markov') return tasks.flatMap(warnOfTask);
  return findUnreachable(tasks).map(
    (lost) => `no transition leads to ${name}.${lost} from the first task, ${tasks[0]?.name}: it never runs`,
  );
}

function tagsOf({ tags = [], taskSet }: TaskDefinition): readonly string[] {
  return taskSet ? taskSet.tasks.flatMap(tagsOf) : tags;
}

function describeFilter({ tags, excludeTags }: TagFilter): string {
  const included = tags.length > 0 ? [`--tags ${tags.join(' ')}`] : [];
  const excluded = excludeTags.length > 0 ? [`--exclude-tags ${excludeTags.join(' ')}`] : [];
  return [...included, ...excluded].join(' with ');
}
