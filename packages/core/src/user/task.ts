import { LoadtsError } from '../errors.ts';
import {
  type Decorated,
  decoratedMethod,
  type MethodDecorator,
  type StandardContext,
  type TaskMethod,
} from './decorated-method.ts';
import { markTask } from './task-marks.ts';

/** Marks a method as a task: `@task` or, to have it picked more often than others, `@task(3)`. */
export function task(weight: number): MethodDecorator;
export function task(method: TaskMethod, context: StandardContext): void;
export function task(prototype: object, name: string | symbol, descriptor?: PropertyDescriptor): void;
export function task(
  first: number | object,
  context?: StandardContext | string | symbol,
  descriptor?: PropertyDescriptor,
): MethodDecorator | void {
  if (typeof first === 'number') {
    const weight = first;
    return (target, where, legacy) => mark({ target, context: where, descriptor: legacy }, weight);
  }
  if (context === undefined) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', '@task() needs a weight', {
      hint: 'write @task without parentheses, or @task(3)',
    });
  }
  mark({ target: first, context, descriptor }, 1);
}

function mark(decorated: Decorated, weight: number): void {
  const method = decoratedMethod('@task', decorated);
  if (!(weight > 0 && Number.isFinite(weight))) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `@task(${weight}) on ${method.name} is not a weight`, {
      hint: 'a weight is a number above 0',
    });
  }
  markTask(method, weight);
}
