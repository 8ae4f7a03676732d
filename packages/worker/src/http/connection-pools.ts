import type { Clock, HttpSettings } from '@loadts/core';
import { type ConnectionSettings, readConnectionSettings } from './connection-settings.ts';
import { Http2Connections } from './http2-connections.ts';
import {
  type ConnectionPool,
  type Connections,
  OriginConnections,
  type OriginOptions,
} from './origin-connections.ts';
import { SharedConnections } from './shared-connections.ts';

export interface ConnectionPoolsOptions {
  readonly clock: Clock;
  readonly insecure: boolean;
}

/** What the users of a run on this worker open their connections with. */
export class ConnectionPools {
  readonly #options: ConnectionPoolsOptions;
  readonly #settings = new Map<HttpSettings, ConnectionSettings>();
  readonly #shared = new Map<HttpSettings, Map<string, ConnectionPool>>();

  constructor(options: ConnectionPoolsOptions) {
    this.#options = options;
  }

  /** @throws LoadtsError `CONFIG_INVALID` for settings that cannot be used. */
  settingsOf(settings: HttpSettings): ConnectionSettings {
    let known = this.#settings.get(settings);
    if (!known) {
      known = readConnectionSettings(settings, this.#options.insecure);
      this.#settings.set(settings, known);
    }
    return known;
  }

  /** A user's connections to an origin. */
  open(origin: string, settings: HttpSettings): Connections {
    if (!this.settingsOf(settings).shared) return this.#create(origin, settings);
    const pools = this.#shared.get(settings) ?? new Map<string, ConnectionPool>();
    this.#shared.set(settings, pools);
    const pool = pools.get(origin) ?? this.#create(origin, settings);
    pools.set(origin, pool);
    return new SharedConnections(pool);
  }

  /** Closes what users shared; they have ended. */
  close(): void {
    for (const pools of this.#shared.values()) for (const pool of pools.values()) pool.close();
    this.#shared.clear();
  }

  #create(origin: string, settings: HttpSettings): ConnectionPool {
    const options = { origin, settings: this.settingsOf(settings), clock: this.#options.clock };
    return isHttp2(options) ? new Http2Connections(options) : new OriginConnections(options);
  }
}

/** What a proxy forwards for `http:` targets is HTTP/1.1. */
function isHttp2({ origin, settings }: OriginOptions): boolean {
  return settings.http2 && !(settings.proxy && origin.startsWith('http:'));
}
