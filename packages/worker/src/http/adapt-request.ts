import type { Dispatcher } from 'undici';
import type { ConnectionSettings } from './connection-settings.ts';

type DispatchOptions = Dispatcher.DispatchOptions;

/** What the settings make of each request of a connection; undefined where that is nothing. */
export function createRequestAdapter(
  origin: string,
  { keepAlive, proxy }: ConnectionSettings,
): ((options: DispatchOptions) => DispatchOptions) | undefined {
  // A tunnel shows the proxy nothing of the requests.
  const visible = origin.startsWith('http:') ? proxy : undefined;
  if (keepAlive && !visible) return undefined;
  const credentials =
    visible?.authorization === undefined ? [] : ['proxy-authorization', visible.authorization];
  return (options) => ({
    ...options,
    reset: !keepAlive,
    ...(visible && {
      path: origin + options.path,
      headers: [...(options.headers as string[]), ...credentials],
    }),
  });
}
