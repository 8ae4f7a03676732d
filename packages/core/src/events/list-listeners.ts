import type { Listener, Listeners } from './events.ts';

/** The functions among listeners, in order. */
export function listListeners<Event>(listeners: Listeners<Event> | undefined): Listener<Event>[] {
  if (listeners === undefined) return [];
  if (typeof listeners === 'function') return [listeners];
  return listeners.flatMap((element) => listListeners(element));
}
