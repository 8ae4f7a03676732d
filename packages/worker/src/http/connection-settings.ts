import type { HttpSettings } from '@loadts/core';
import { readTimeLimits, type TimeLimits } from './time-limits.ts';
import { readTlsOptions, type TlsOptions } from './tls-options.ts';

/** What browsers allow. A user who makes one request after the other needs one. */
const MAX_CONNECTIONS = 6;

/** What the settings of a user class mean for its connections. Read once a class: it takes its time. */
export interface ConnectionSettings {
  readonly limits: TimeLimits;
  readonly maxConnections: number;
  readonly tls: TlsOptions;
}

/** @throws LoadtsError `CONFIG_INVALID` */
export function readConnectionSettings(settings: HttpSettings, insecure: boolean): ConnectionSettings {
  return {
    maxConnections: settings.maxConnections ?? MAX_CONNECTIONS,
    limits: readTimeLimits(settings.timeout),
    tls: readTlsOptions(settings.tls, insecure),
  };
}
