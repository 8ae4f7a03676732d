import { LoadtsError } from '../errors.ts';
import { inspectValue } from './inspect-value.ts';
import { findMarkovProblems } from './markov-problems.ts';
import type { TaskDefinition, TaskOrderKind, TaskSetConstructor } from './task-definition.ts';
import { readTaskList } from './task-list.ts';
import { readTags, readTransitions, readWeight } from './task-marks.ts';
import { MarkovTaskSet, SequentialTaskSet, TaskSet } from './task-set.ts';

/** A user class or task set class. */
export interface TaskOwner {
  readonly name: string;
  readonly prototype: object;
}

/** Where in a user class the reading is, and what was wrong so far. */
export interface TaskReading {
  readonly problems: LoadtsError[];
  /** The task sets around, outermost first. */
  readonly around: readonly TaskOwner[];
  readonly path: string;
  readonly tags: readonly string[];
}

type Method = (...values: unknown[]) => unknown;

/** The tasks of a class, those of its bases first: `@task` methods, then `tasks`. An override stays a task. */
export function readTasks(owner: TaskOwner, reading: TaskReading = startReading([])): TaskDefinition[] {
  const listed = readLists(owner, reading);
  // A method that is in the list stands where the list says.
  const names = new Set(listed.filter(({ run }) => run === undefined).map(({ name }) => name));
  return [...readMethods(owner, reading).filter(({ name }) => !names.has(name)), ...listed];
}

export function startReading(problems: LoadtsError[]): TaskReading {
  return { problems, around: [], path: '', tags: [] };
}

function readMethods(owner: TaskOwner, { tags }: TaskReading): TaskDefinition[] {
  const tasks = new Map<string, TaskDefinition>();
  for (const prototype of chainOf(owner.prototype, Object.prototype)) {
    for (const name of Object.getOwnPropertyNames(prototype)) {
      const method = methodOf(prototype, name);
      const weight = method && readWeight(method);
      if (method && weight !== undefined) tasks.set(name, describe(name, weight, method, tags));
    }
  }
  return [...tasks.values()];
}

function readLists(owner: TaskOwner, reading: TaskReading): TaskDefinition[] {
  return chainOf(owner, Function.prototype)
    .filter((level) => Object.hasOwn(level, 'tasks'))
    .flatMap((level) => {
      const entries = readTaskList((level as { readonly tasks?: unknown }).tasks);
      if (!entries) report(reading, `${owner.name}.tasks is neither a list nor a Map`);
      return entries ?? [];
    })
    .flatMap(([item, weight], index) => {
      const task = readItem(owner, item, { ...reading, path: `${reading.path}/${index}` });
      if (!task) return [];
      const weighted = { ...task, ...(weight === undefined ? {} : { weight: weight as number }) };
      checkWeight(owner, weighted, reading);
      return [weighted];
    });
}

function readItem(owner: TaskOwner, item: unknown, reading: TaskReading): TaskDefinition | undefined {
  if (isTaskSet(item)) return readTaskSet(item, reading);
  if (typeof item === 'function' && !/^class\b/.test(Function.prototype.toString.call(item))) {
    const method = item as Method;
    const name = method.name || 'anonymous';
    const task = describe(name, readWeight(method) ?? 1, method, reading.tags);
    return methodOf(owner.prototype, name) === method ? task : { ...task, run: method };
  }
  report(reading, `${owner.name}.tasks holds ${inspectValue(item)}, which is no task`);
  return undefined;
}

function readTaskSet(taskSet: TaskSetConstructor, reading: TaskReading): TaskDefinition | undefined {
  const { name } = taskSet;
  if (reading.around.includes(taskSet)) {
    report(reading, `the task set ${name} contains itself`);
    return undefined;
  }
  const order = orderOf(taskSet);
  const path = `${reading.path}.${name}`;
  const tags = [...reading.tags, ...readTags(taskSet)];
  const tasks = readTasks(taskSet, { ...reading, path, tags, around: [...reading.around, taskSet] });
  if (tasks.length === 0) {
    const hint = 'put @task before at least one of its methods, or list some in static tasks';
    reading.problems.push(new LoadtsError('SCRIPT_NO_TASKS', `${name} has no task`, { hint }));
  }
  if (order === 'markov') {
    for (const problem of findMarkovProblems(name, tasks, tags)) report(reading, problem);
  }
  return { name, weight: 1, taskSet: { name, path, order, tasks, create: taskSet } };
}

function checkWeight(
  { name: owner, prototype }: TaskOwner,
  task: TaskDefinition,
  reading: TaskReading,
): void {
  const { name, weight } = task;
  if (!(Number.isFinite(weight) && weight > 0)) {
    report(reading, `${owner}.tasks gives ${name} the weight ${inspectValue(weight)}, not a number above 0`);
  } else if (prototype instanceof SequentialTaskSet && !Number.isInteger(weight)) {
    report(reading, `${owner}.tasks repeats ${name} ${weight} times, not a whole number of times`);
  }
}

function describe(name: string, weight: number, method: object, around: readonly string[]): TaskDefinition {
  const tags = [...around, ...readTags(method)];
  const transitions = readTransitions(method);
  return {
    name,
    weight,
    ...(tags.length > 0 && { tags }),
    ...(transitions.length > 0 && { transitions }),
  };
}

function report({ problems }: TaskReading, message: string): void {
  const hint = 'tasks holds task set classes, functions and methods such as this.prototype.search';
  problems.push(new LoadtsError('SCRIPT_LOAD_FAILED', message, { hint }));
}

function orderOf({ prototype }: TaskOwner): TaskOrderKind {
  if (prototype instanceof MarkovTaskSet) return 'markov';
  return prototype instanceof SequentialTaskSet ? 'sequential' : 'weighted';
}

function isTaskSet(item: unknown): item is TaskSetConstructor {
  return typeof item === 'function' && item.prototype instanceof TaskSet;
}

function methodOf(prototype: object, name: string): Method | undefined {
  for (const level of chainOf(prototype, Object.prototype).reverse()) {
    const method: unknown = Object.getOwnPropertyDescriptor(level, name)?.value;
    if (method !== undefined) return typeof method === 'function' ? (method as Method) : undefined;
  }
  return undefined;
}

/** An object and those that it inherits from, the farthest first. */
function chainOf(start: object, end: object): object[] {
  const chain: object[] = [];
  for (let level: object | null = start; level !== null && level !== end; ) {
    chain.unshift(level);
    level = Object.getPrototypeOf(level) as object | null;
  }
  return chain;
}
