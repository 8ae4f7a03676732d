// On the functions and classes themselves and shared by all copies of this package, so that they survive bundling.
const TASK: unique symbol = Symbol.for('loadts.task');
const TAGS: unique symbol = Symbol.for('loadts.tags');
const TRANSITIONS: unique symbol = Symbol.for('loadts.transitions');

/** One way on from a task of a `MarkovTaskSet`. */
export interface Transition {
  readonly target: string;
  readonly weight: number;
}

/** What decorators have left on a method or a class. */
interface Marked {
  [TASK]?: { readonly weight: number };
  [TAGS]?: readonly string[];
  [TRANSITIONS]?: readonly Transition[];
}

export function markTask(method: object, weight: number): void {
  (method as Marked)[TASK] = { weight };
}

/** Adds to those that the same method or class has. */
export function markTags(marked: object, tags: readonly string[]): void {
  (marked as Marked)[TAGS] = [...new Set([...readTags(marked), ...tags])];
}

export function markTransition(method: object, transition: Transition): void {
  // Decorators of one method are applied from the last to the first.
  (method as Marked)[TRANSITIONS] = [transition, ...readTransitions(method)];
}

/** Undefined where the method is no task. */
export function readWeight(method: object): number | undefined {
  const marked = method as Marked;
  return marked[TASK]?.weight ?? (marked[TRANSITIONS] && 1);
}

export function readTags(marked: object): readonly string[] {
  return (marked as Marked)[TAGS] ?? [];
}

export function readTransitions(method: object): readonly Transition[] {
  return (method as Marked)[TRANSITIONS] ?? [];
}
