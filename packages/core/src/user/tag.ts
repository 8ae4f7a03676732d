import { LoadtsError } from '../errors.ts';
import { decoratedMethod, type StandardContext } from './decorated-method.ts';
import { markTags } from './task-marks.ts';

/** Accepts both kinds of decorator call, on a method and on a class. */
type TagDecorator = (
  target: object,
  context?: StandardContext | string | symbol,
  descriptor?: PropertyDescriptor,
) => void;

/** Names that `--tags` and `--exclude-tags` choose tasks by: on a task, or on a task set for all of its tasks. */
export function tag(...tags: readonly string[]): TagDecorator {
  const wrong = tags.find((name) => typeof name !== 'string' || !/^[^\s,]+$/.test(name));
  if (tags.length === 0 || wrong !== undefined) {
    throw new LoadtsError(
      'SCRIPT_LOAD_FAILED',
      `@tag(${tags.map((name) => JSON.stringify(name)).join(', ')}) is no list of tags`,
      {
        hint: "write @tag('checkout', 'slow'): names without spaces and commas",
      },
    );
  }
  return (target, context, descriptor) => {
    const isClass = context === undefined || (typeof context === 'object' && context.kind === 'class');
    markTags(isClass ? target : decoratedMethod('@tag', { target, context, descriptor }), tags);
  };
}
