import { LoadtsError } from '../errors.ts';
import type { User } from './user.ts';

// On the function itself and shared by all copies of this package, so that it survives bundling.
const TASK = Symbol.for('loadts.task');

type TaskMethod = (this: never) => unknown;
type StandardContext = {
  readonly kind: string;
  readonly name: string | symbol;
  readonly static?: boolean;
  readonly private?: boolean;
};
/** Accepts the standard decorator call and the one that `experimentalDecorators` emits. */
type TaskDecorator = (
  target: object,
  context: StandardContext | string | symbol,
  descriptor?: PropertyDescriptor,
) => void;

interface MarkedFunction {
  [TASK]?: { readonly weight: number };
}

/** One weighted method of a user class. */
export interface TaskDefinition {
  readonly name: string;
  readonly weight: number;
}

/** Marks a method as a task: `@task` or, to have it picked more often than others, `@task(3)`. */
export function task(weight: number): TaskDecorator;
export function task(method: TaskMethod, context: StandardContext): void;
export function task(prototype: object, name: string | symbol, descriptor?: PropertyDescriptor): void;
export function task(
  first: number | object,
  context?: StandardContext | string | symbol,
  descriptor?: PropertyDescriptor,
): TaskDecorator | void {
  if (typeof first === 'number') {
    const weight = first;
    return (target, where, legacy) => mark(target, where, legacy, weight);
  }
  if (context === undefined) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', '@task() needs a weight', {
      hint: 'write @task without parentheses, or @task(3)',
    });
  }
  mark(first, context, descriptor, 1);
}

function mark(
  target: object,
  context: StandardContext | string | symbol,
  descriptor: PropertyDescriptor | undefined,
  weight: number,
): void {
  const name = typeof context === 'object' ? context.name : context;
  const method =
    typeof context === 'object' ? standardMethod(target, context) : legacyMethod(target, name, descriptor);
  if (!method) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `@task is on ${String(name)}, which is not a method`, {
      hint: 'put @task before a public method of a user class, neither static nor a getter',
    });
  }
  if (!(weight > 0 && Number.isFinite(weight))) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `@task(${weight}) on ${String(name)} is not a weight`, {
      hint: 'a weight is a number above 0',
    });
  }
  method[TASK] = { weight };
}

function standardMethod(target: object, context: StandardContext): MarkedFunction | undefined {
  const { kind, name } = context;
  const isTask = kind === 'method' && typeof name === 'string' && !context.static && !context.private;
  return isTask ? target : undefined;
}

function legacyMethod(
  target: object,
  name: string | symbol,
  descriptor: PropertyDescriptor | undefined,
): MarkedFunction | undefined {
  const method: unknown = descriptor?.value;
  // The target of a static method is the class itself.
  const isTask = typeof method === 'function' && typeof name === 'string' && typeof target !== 'function';
  return isTask ? (method as MarkedFunction) : undefined;
}

/** The tasks of a class, those of its bases first. An override stays the task that it overrides. */
export function readTasks(userClass: { readonly prototype: User }): TaskDefinition[] {
  const chain: object[] = [];
  let prototype: object | null = userClass.prototype;
  while (prototype !== null && prototype !== Object.prototype) {
    chain.unshift(prototype);
    prototype = Object.getPrototypeOf(prototype);
  }
  const weights = new Map<string, number>();
  for (const level of chain) {
    for (const name of Object.getOwnPropertyNames(level)) {
      const method: unknown = Object.getOwnPropertyDescriptor(level, name)?.value;
      const marked = typeof method === 'function' ? (method as MarkedFunction)[TASK] : undefined;
      if (marked) weights.set(name, marked.weight);
    }
  }
  return [...weights].map(([name, weight]) => ({ name, weight }));
}
