import { EVENT_NAMES, type Events, LoadtsError, listListeners, suggest } from '@loadts/core';
import { showValue } from '../config/problem.ts';

const EXAMPLE = 'write export const events = { request(event) { ... } }';

/** A script's export `events`. @throws LoadtsError `SCRIPT_LOAD_FAILED` with everything that is wrong with it. */
export function readEvents(exports: Readonly<Record<string, unknown>>): Events {
  const { events = {} } = exports as { readonly events?: unknown };
  if (typeof events !== 'object' || events === null || Array.isArray(events)) {
    throw new LoadtsError('SCRIPT_LOAD_FAILED', `the script's export events is ${showValue(events)}`, {
      hint: `${EXAMPLE}, or give it another name`,
    });
  }
  const problems = Object.entries(events).flatMap(([name, listeners]) => findProblems(name, listeners));
  const [first] = problems;
  if (!first) return events;
  if (problems.length === 1) throw new LoadtsError('SCRIPT_LOAD_FAILED', first.text, { hint: first.hint });
  const lines = problems.map(({ text, hint }) => `\n  ${text}; ${hint}`);
  throw new LoadtsError(
    'SCRIPT_LOAD_FAILED',
    `${problems.length} problems with the script's events:${lines.join('')}`,
  );
}

/** Whether a script has listeners that are called on the workers. */
export function listensOnWorkers(events: Events): boolean {
  return EVENT_NAMES.some((name) => name !== 'report' && listListeners<never>(events[name]).length > 0);
}

function findProblems(name: string, listeners: unknown): { readonly text: string; readonly hint: string }[] {
  if (!(EVENT_NAMES as readonly string[]).includes(name)) {
    const hint = suggest(name, EVENT_NAMES, `the events are ${EVENT_NAMES.join(', ')}`);
    return [{ text: `events.${name} is no event`, hint }];
  }
  return findNonFunctions(listeners).map((value) => ({
    text: `events.${name} has ${showValue(value)} where a function belongs`,
    hint: EXAMPLE,
  }));
}

function findNonFunctions(listeners: unknown): unknown[] {
  if (listeners === undefined || typeof listeners === 'function') return [];
  return Array.isArray(listeners) ? listeners.flatMap(findNonFunctions) : [listeners];
}
