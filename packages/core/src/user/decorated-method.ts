import { LoadtsError } from '../errors.ts';

export type TaskMethod = (this: never) => unknown;
export type StandardContext = {
  readonly kind: string;
  readonly name: string | symbol | undefined;
  readonly static?: boolean;
  readonly private?: boolean;
};
/** Accepts the standard decorator call and the one that `experimentalDecorators` emits. */
export type MethodDecorator = (
  target: object,
  context: StandardContext | string | symbol,
  descriptor?: PropertyDescriptor,
) => void;

/** What a decorator was put before, whichever of the two ways it is called. */
export interface Decorated {
  readonly target: object;
  readonly context: StandardContext | string | symbol | undefined;
  readonly descriptor?: PropertyDescriptor | undefined;
}

/** The method that a decorator was put before. @throws LoadtsError `SCRIPT_LOAD_FAILED` where it is none. */
export function decoratedMethod(decorator: string, { target, context, descriptor }: Decorated): TaskMethod {
  const name = typeof context === 'object' ? context.name : context;
  const method =
    typeof context === 'object' ? standardMethod(target, context) : legacyMethod(target, name, descriptor);
  if (method) return method;
  throw new LoadtsError('SCRIPT_LOAD_FAILED', `${decorator} is on ${String(name)}, which is not a method`, {
    hint: `put ${decorator} before a public method of a user class or task set, neither static nor a getter`,
  });
}

function standardMethod(target: object, context: StandardContext): TaskMethod | undefined {
  const { kind, name } = context;
  const isTask = kind === 'method' && typeof name === 'string' && !context.static && !context.private;
  return isTask ? (target as TaskMethod) : undefined;
}

function legacyMethod(
  target: object,
  name: string | symbol | undefined,
  descriptor: PropertyDescriptor | undefined,
): TaskMethod | undefined {
  const method: unknown = descriptor?.value;
  // The target of a static method is the class itself.
  const isTask = typeof method === 'function' && typeof name === 'string' && typeof target !== 'function';
  return isTask ? (method as TaskMethod) : undefined;
}
