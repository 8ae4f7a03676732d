import { LoadtsError } from '../errors.ts';
import { decoratedMethod, type MethodDecorator } from './decorated-method.ts';
import { markTransition } from './task-marks.ts';

/** Makes a method a task of a `MarkovTaskSet`, after which `target` may follow: `@transition('buy', 3)`. */
export function transition(target: string, weight: number = 1): MethodDecorator {
  return (method, context, descriptor) => {
    const marked = decoratedMethod('@transition', { target: method, context, descriptor });
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new LoadtsError(
        'SCRIPT_LOAD_FAILED',
        `@transition('${target}', ${weight}) on ${marked.name} has no weight`,
        { hint: 'a weight is a number above 0' },
      );
    }
    markTransition(marked, { target, weight });
  };
}
