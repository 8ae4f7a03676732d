import type { OptionTable, RunValues } from './option-table.ts';
import { hostNames, parseNetworkHost } from './parse-network-host.ts';
import { duration, trueOrFalse, wholeNumber } from './parse-value.ts';

type WebField = 'headless' | 'autostart' | 'autoquitMs' | 'webHost' | 'webPort' | 'webAllowedHosts';

/** Whether there is a web UI, and where. */
export const WEB_OPTIONS: OptionTable<Pick<RunValues, WebField>> = {
  headless: {
    flags: '--headless [bool]',
    group: 'Web UI:',
    help: 'none: start, run, report, exit',
    parse: trueOrFalse,
    fallback: false,
  },
  webHost: {
    flags: '--web-host <host>',
    group: 'Web UI:',
    help: 'its address; any but loopback asks for the token',
    parse: parseNetworkHost,
    fallback: '127.0.0.1',
  },
  webPort: {
    flags: '--web-port <port>',
    group: 'Web UI:',
    help: 'its port; 0 takes a free one',
    parse: wholeNumber(0, 65_535),
    fallback: 8_089,
  },
  webAllowedHosts: {
    flags: '--web-allowed-hosts <names...>',
    group: 'Web UI:',
    help: 'names that it may be called by, beside addresses and localhost',
    parse: hostNames,
    fallback: [],
    fallbackText: 'none',
  },
  autostart: {
    flags: '--autostart [bool]',
    group: 'Web UI:',
    help: 'start the first run at once',
    parse: trueOrFalse,
    fallback: false,
  },
  autoquitMs: {
    flags: '--autoquit <time>',
    group: 'Web UI:',
    help: 'end this long after a run, unless the next one was started',
    parse: duration(0),
    fallback: undefined,
    fallbackText: 'at Ctrl-C',
  },
};
