import type { EventFormat } from '@loadts/core';

/** What an event says, without its time. */
export interface ParsedEvent {
  readonly type: string;
  readonly data: string;
  readonly id: string;
}

/** An event's text that is held until its end comes. */
const MAX_HELD = 1_048_576;

/** Cuts the text of a stream into events, wherever the chunks of the network begin and end. */
export interface EventParser {
  push(text: string): readonly ParsedEvent[];
  /** What came after the last event's end: an event in all formats but server-sent events, where it is cut off. */
  end(): readonly ParsedEvent[];
}

/** @throws Error from `push` for an event of more than 1 Mi characters */
export function createEventParser(format: EventFormat): EventParser {
  if (format === 'sse') return createSseParser();
  return format === 'lines' ? createLineParser() : createChunkParser();
}

function plainEvent(data: string): ParsedEvent {
  return { type: 'message', data, id: '' };
}

function createChunkParser(): EventParser {
  return { push: (text) => (text === '' ? [] : [plainEvent(text)]), end: () => [] };
}

function createLineParser(): EventParser {
  const cut = createLineCutter();
  const toEvents = (lines: readonly string[]): ParsedEvent[] =>
    lines.filter((line) => line.trim() !== '').map(plainEvent);
  return { push: (text) => toEvents(cut.push(text)), end: () => toEvents([cut.rest()]) };
}

/** As the HTML standard reads them. */
function createSseParser(): EventParser {
  const cut = createLineCutter();
  let id = '';
  let type = '';
  let data: string[] = [];
  const take = (line: string): ParsedEvent | undefined => {
    if (line === '') {
      const event = data.length === 0 ? undefined : { type: type || 'message', data: data.join('\n'), id };
      type = '';
      data = [];
      return event;
    }
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') type = value;
    else if (field === 'id' && !value.includes('\u0000')) id = value;
    return undefined;
  };
  return {
    push: (text) =>
      cut
        .push(text)
        .map(take)
        .filter((event) => event !== undefined),
    end: () => [],
  };
}

/** Lines end with LF, CR LF or CR. A CR at a chunk's end waits for the LF that may follow. */
function createLineCutter(): { push: (text: string) => string[]; rest: () => string } {
  let held = '';
  return {
    push(text) {
      held += text;
      const isSplit = held.endsWith('\r');
      const lines = (isSplit ? held.slice(0, -1) : held).split(/\r\n|\n|\r/);
      held = (lines.pop() ?? '') + (isSplit ? '\r' : '');
      if (held.length > MAX_HELD) throw new Error('an event of the stream is longer than 1 Mi characters');
      return lines;
    },
    rest: () => held.replace(/\r$/, ''),
  };
}
