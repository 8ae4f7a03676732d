/** A task set class, or a function that gets the user or the task set as `this` and as its argument. */
export type TaskItem = (abstract new (context: never) => object) | ((this: never, owner: never) => unknown);

/**
 * Tasks beside the `@task` methods: `[Browse, [Checkout, 2], this.prototype.search]`, or a Map from each to its
 * weight. The weight is 1 where there is none.
 */
export type TaskList = readonly (TaskItem | readonly (TaskItem | number)[])[] | ReadonlyMap<TaskItem, number>;

/** What a list holds, whatever it is: a script in JavaScript can put anything there. Undefined for no list at all. */
export function readTaskList(list: unknown): (readonly [item: unknown, weight: unknown])[] | undefined {
  if (list instanceof Map) return [...list];
  if (!Array.isArray(list)) return undefined;
  return list.map((entry: unknown) => (Array.isArray(entry) ? [entry[0], entry[1]] : [entry, undefined]));
}
