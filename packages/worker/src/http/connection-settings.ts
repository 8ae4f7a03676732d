import { type HttpEngine, type HttpSettings, LoadtsError } from '@loadts/core';
import { type ProxyAddress, readProxyAddress } from './proxy-address.ts';
import { readTimeLimits, type TimeLimits } from './time-limits.ts';
import { readTlsOptions, type TlsOptions } from './tls-options.ts';

/** What the settings of a user class mean for its connections. Read once a class: it takes its time. */
export interface ConnectionSettings {
  readonly limits: TimeLimits;
  readonly tls: TlsOptions;
  readonly proxy: ProxyAddress | undefined;
  readonly http2: boolean;
  readonly keepAlive: boolean;
  /** All users of the class share one pool. */
  readonly shared: boolean;
  readonly maxConnections: number;
  readonly engine: HttpEngine;
}

interface EngineOptions {
  readonly insecure: boolean;
  readonly engine?: HttpEngine | undefined;
}

/** What browsers allow. A user who makes one request after the other needs one. */
const USER_CONNECTIONS = 6;
const SHARED_CONNECTIONS = 100;

/** @throws LoadtsError `CONFIG_INVALID` */
export function readConnectionSettings(
  settings: HttpSettings,
  { insecure, engine }: EngineOptions,
): ConnectionSettings {
  const { pool = 'user', keepAlive = true, http2 = false } = settings;
  const shared = pool === 'shared';
  const maxConnections = settings.maxConnections ?? (shared ? SHARED_CONNECTIONS : USER_CONNECTIONS);
  check(shared || pool === 'user', `pool is ${JSON.stringify(pool)}`, "use 'user' or 'shared'");
  check(
    Number.isInteger(maxConnections) && maxConnections > 0,
    `maxConnections is ${String(maxConnections)}`,
    'use a whole number from 1 on',
  );
  check(
    keepAlive || !http2,
    'http2 is on and keepAlive is off',
    'HTTP/2 lives from one connection: leave one out',
  );
  return {
    limits: readTimeLimits(settings.timeout),
    tls: readTlsOptions(settings.tls, insecure),
    proxy: settings.proxy === undefined ? undefined : readProxyAddress(settings.proxy),
    http2,
    keepAlive,
    shared,
    maxConnections,
    engine: chooseEngine(settings, engine),
  };
}

function chooseEngine({ proxy }: HttpSettings, wanted: HttpEngine | undefined): HttpEngine {
  check(
    wanted !== 'fast' || proxy === undefined,
    'there is a proxy, and the HTTP engine is fast',
    'the fast engine knows no proxy: leave --http-engine out',
  );
  return wanted ?? (proxy === undefined ? 'fast' : 'undici');
}

function check(fine: boolean, problem: string, hint: string): void {
  if (!fine)
    throw new LoadtsError('CONFIG_INVALID', `in the http settings of a user class, ${problem}`, { hint });
}
