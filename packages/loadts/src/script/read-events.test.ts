import { describe, expect, it } from 'vitest';
import { listensOnWorkers, readEvents } from './read-events.ts';

const listen = (): void => {};

function problemOf(events: unknown): unknown {
  try {
    return readEvents({ events });
  } catch (error) {
    return error;
  }
}

describe('readEvents', () => {
  it('takes functions, lists of them and nothing', () => {
    const events = { request: listen, report: [listen, [listen, undefined]], userError: undefined };
    expect(readEvents({ events })).toBe(events);
    expect(readEvents({})).toEqual({});
  });

  it.each<[string, unknown, string, string]>([
    ['no object', 5, "the script's export events is 5", 'write export const events ='],
    ['a list', [listen], "the script's export events is [ [Function: listen] ]", 'give it another name'],
    ['an unknown event', { requests: listen }, 'events.requests is no event', 'did you mean request?'],
    [
      'an event like no other',
      { quitting: listen },
      'events.quitting is no event',
      'the events are request, userError, spawningComplete, runStopping, report',
    ],
    ['no function', { request: 'x' }, 'events.request has "x" where a function belongs', 'write export'],
    ['a list with no function', { report: [listen, [7]] }, 'events.report has 7 where', 'write export'],
  ])('refuses %s', (_, events, message, hint) => {
    expect(problemOf(events)).toMatchObject({
      code: 'SCRIPT_LOAD_FAILED',
      message: expect.stringContaining(message),
      hint: expect.stringContaining(hint),
    });
  });

  it('names all problems at once', () => {
    expect(problemOf({ requests: listen, report: [1, 2] })).toMatchObject({
      message: expect.stringMatching(/^3 problems with the script's events:(\n {2}events\..*; .*){3}$/),
    });
  });
});

describe('listensOnWorkers', () => {
  it('is about listeners there are, of all events but the report', () => {
    expect(listensOnWorkers({})).toBe(false);
    expect(listensOnWorkers({ report: listen, request: [] })).toBe(false);
    expect(listensOnWorkers({ userError: [listen] })).toBe(true);
  });
});
