import { tag } from './tag.ts';
import { task } from './task.ts';
import { transition } from './transition.ts';

interface Marks {
  readonly weight?: number;
  readonly tags?: readonly string[];
  readonly transitions?: Readonly<Record<string, number>>;
}

/** Decorates a method as the compiler does. */
export function mark(owner: { readonly prototype: object }, name: string, marks: Marks = {}): void {
  const method = Object.getOwnPropertyDescriptor(owner.prototype, name)?.value as (this: never) => unknown;
  const context = { kind: 'method', name };
  const { weight, tags, transitions } = marks;
  if (weight !== undefined) task(weight)(method, context);
  else if (!transitions) task(method, context);
  if (tags) tag(...tags)(method, context);
  for (const [target, odds] of Object.entries(transitions ?? {}).reverse())
    transition(target, odds)(method, context);
}
