import { ClassSequence, type TaskDefinition, type UserClass } from '@loadts/core';

export function describeClasses(classes: readonly UserClass[]): string {
  return ['User classes:', ...classes.map(({ name }) => `  ${name}`)].join('\n');
}

/** How often each class and each of its tasks will come up, for this number of users. */
export function describeTaskRatio(classes: readonly UserClass[], users: number): string {
  const sequence = new ClassSequence(classes);
  const counts = sequence.counts(users);
  const total = sequence.limit(users);
  const lines = classes.flatMap((userClass, index) => {
    const count = counts[index] ?? 0;
    return [
      `  ${percent(count, total)}  ${userClass.name} (${count} of ${total} users)`,
      ...describeTasks(userClass.tasks, '    ', false),
    ];
  });
  return ['Task ratio:', ...lines].join('\n');
}

/** Each task's share of the choices that its user class or task set makes. */
function describeTasks(tasks: readonly TaskDefinition[], indent: string, isChain: boolean): string[] {
  const weights = tasks.reduce((sum, { weight }) => sum + weight, 0);
  return tasks.flatMap(({ name, weight, taskSet, transitions = [] }) => {
    // What follows what is no share of anything.
    const share = isChain ? ' '.repeat(7) : percent(weight, weights);
    const ways = transitions.length > 0 ? ` -> ${transitions.map(({ target }) => target).join(', ')}` : '';
    const line = `${indent}${share}  ${name}${ways}`;
    return taskSet
      ? [line, ...describeTasks(taskSet.tasks, `${indent}  `, taskSet.order === 'markov')]
      : [line];
  });
}

function percent(part: number, whole: number): string {
  return `${(whole === 0 ? 0 : (100 * part) / whole).toFixed(1)} %`.padStart(7);
}
