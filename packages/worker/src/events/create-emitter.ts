import { type Listener, type Listeners, listListeners } from '@loadts/core';
import { isThenable } from '../is-thenable.ts';

export interface EmitterOptions {
  /** Takes what a listener threw or rejected with. */
  readonly onFailed: (thrown: unknown) => void;
  /** Where promises of listeners are kept while they are pending. */
  readonly pending: Set<Promise<void>>;
}

export type Emit<Event> = (event: Event) => void;

/** Calls every listener, also after one that throws. Undefined where there is none, so that no event is made for nobody. */
export function createEmitter<Event>(
  listeners: Listeners<Event> | undefined,
  { onFailed, pending }: EmitterOptions,
): Emit<Event> | undefined {
  const list = listListeners(listeners);
  if (list.length === 0) return undefined;
  const call = (listener: Listener<Event>, event: Event): void => {
    const result = listener(event);
    if (!isThenable(result)) return;
    const settled: Promise<void> = Promise.resolve(result)
      .then(() => {}, onFailed)
      .finally(() => pending.delete(settled));
    pending.add(settled);
  };
  return (event) => {
    for (const listener of list) {
      try {
        call(listener, event);
      } catch (thrown) {
        onFailed(thrown);
      }
    }
  };
}
