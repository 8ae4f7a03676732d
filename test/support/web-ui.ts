import type { SecondView, StateView } from '@loadts/protocol';
import { type RunningCommand, startLoadts } from './loadts.ts';

/** What a page of the web UI knows and does, through the API. */
export interface WebUi {
  readonly command: RunningCommand;
  readonly url: string;
  state(): Promise<StateView>;
  post(action: string, body?: unknown): Promise<Response>;
  get(path: string): Promise<string>;
  /** The first event with this name that fits, from now on. */
  event<Name extends 'state' | 'second'>(
    name: Name,
    fits: (data: Events[Name]) => boolean,
  ): Promise<Events[Name]>;
}

interface Events {
  readonly state: StateView;
  readonly second: SecondView;
}

/** Starts the real command with its web UI on a free port, and waits until it can start a run. */
export async function startWebUi(
  args: readonly string[],
  options: Parameters<typeof startLoadts>[1] = {},
): Promise<WebUi> {
  const command = startLoadts([...args, '--web-port', '0'], options);
  let printed = '';
  command.process.stdout?.on('data', (text: string) => {
    printed += text;
  });
  await command.printed('Web UI: ');
  const url = /Web UI: (http:\S+)/.exec(printed)?.[1] ?? '';
  const api = `${url}/api/v1`;
  const ui: WebUi = {
    command,
    url,
    state: async () => (await (await fetch(`${api}/state`)).json()) as StateView,
    post: (action, body = {}) =>
      fetch(`${api}/run/${action}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    get: async (path) => (await fetch(`${api}/${path}`)).text(),
    event: (name, fits) => findEvent(`${api}/events`, name, fits),
  };
  await ui.event('state', ({ canStart }) => canStart.ok);
  return ui;
}

async function findEvent<Name extends keyof Events>(
  url: string,
  name: Name,
  fits: (data: Events[Name]) => boolean,
): Promise<Events[Name]> {
  const closing = new AbortController();
  const { body } = await fetch(url, { signal: closing.signal });
  if (!body) throw new Error('the events have no body');
  let text = '';
  try {
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      text += part;
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      const found = blocks.map((block) => readEvent(block, name)).find((data) => data && fits(data));
      if (found) return found;
    }
  } finally {
    closing.abort();
  }
  throw new Error(`the events ended without the ${name} that was awaited`);
}

function readEvent<Name extends keyof Events>(block: string, name: Name): Events[Name] | undefined {
  const lines = block.split('\n');
  if (!lines.includes(`event: ${name}`)) return undefined;
  const data = lines.find((line) => line.startsWith('data: '));
  return JSON.parse(data?.slice('data: '.length) ?? '') as Events[Name];
}
