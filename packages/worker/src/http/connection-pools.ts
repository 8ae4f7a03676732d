import type { Clock, HttpEngine, HttpSettings } from '@loadts/core';
import type { ConnectionOptions } from './connection.ts';
import { type ConnectionSettings, readConnectionSettings } from './connection-settings.ts';
import { createFastConnector } from './fast/create-connector.ts';
import { ParserPool } from './fast/parser-pool.ts';
import { Http2Connections } from './http2-connections.ts';
import { loadUndici } from './load-undici.ts';
import {
  type ConnectionPool,
  type Connections,
  OriginConnections,
  type OriginOptions,
} from './origin-connections.ts';
import { readRequestDefaults } from './request-defaults.ts';
import { RequestPlanner } from './request-planner.ts';
import { TargetResolver } from './request-target.ts';
import { SharedConnections } from './shared-connections.ts';
import { UndiciConnection } from './undici-connection.ts';

export interface ConnectionPoolsOptions {
  readonly clock: Clock;
  readonly insecure: boolean;
  /** Undefined takes the fast one where it can. */
  readonly engine?: HttpEngine | undefined;
}

/** What the users of a run on this worker open their connections with. */
export class ConnectionPools {
  readonly #options: ConnectionPoolsOptions;
  readonly #settings = new Map<HttpSettings, ConnectionSettings>();
  readonly #shared = new Map<HttpSettings, Map<string, ConnectionPool>>();
  readonly #origins = new Map<HttpSettings, Map<string, OriginOptions>>();
  readonly #planners = new Map<HttpSettings, Map<string | undefined, RequestPlanner>>();
  readonly #targets = new Map<string | undefined, TargetResolver>();
  #parsers: ParserPool | undefined;

  constructor(options: ConnectionPoolsOptions) {
    this.#options = options;
  }

  /** @throws LoadtsError `CONFIG_INVALID` for settings that cannot be used. */
  settingsOf(settings: HttpSettings): ConnectionSettings {
    return remember(this.#settings, settings, () => {
      const read = readConnectionSettings(settings, this.#options);
      // Here and not with the first request, which would wait for it.
      if (read.engine === 'undici' || read.http2) loadUndici();
      return read;
    });
  }

  /** All users of a class share it. @throws LoadtsError for settings that cannot be used. */
  plannerOf(settings: HttpSettings, host: string | undefined): RequestPlanner {
    const { limits } = this.settingsOf(settings);
    const planners = remember(this.#planners, settings, () => new Map<string | undefined, RequestPlanner>());
    return remember(planners, host, () => {
      const targets = remember(this.#targets, host, () => new TargetResolver(host));
      return new RequestPlanner(targets, readRequestDefaults(settings, limits));
    });
  }

  /** A user's connections to an origin. */
  open(origin: string, settings: HttpSettings): Connections {
    if (!this.settingsOf(settings).shared) return this.#create(origin, settings);
    const pools = remember(this.#shared, settings, () => new Map<string, ConnectionPool>());
    return new SharedConnections(remember(pools, origin, () => this.#create(origin, settings)));
  }

  /** Closes what users shared; they have ended. */
  close(): void {
    for (const pools of this.#shared.values()) for (const pool of pools.values()) pool.close();
    this.#shared.clear();
  }

  #create(origin: string, httpSettings: HttpSettings): ConnectionPool {
    const origins = remember(this.#origins, httpSettings, () => new Map<string, OriginOptions>());
    const options = remember(origins, origin, () => this.#describe(origin, this.settingsOf(httpSettings)));
    return isHttp2(options) ? new Http2Connections(options) : new OriginConnections(options);
  }

  #describe(origin: string, settings: ConnectionSettings): OriginOptions {
    const options: ConnectionOptions = { origin, settings, clock: this.#options.clock };
    if (settings.engine === 'undici' || isHttp2(options)) {
      return { ...options, connect: (owner) => new UndiciConnection(options, owner) };
    }
    this.#parsers ??= new ParserPool();
    return { ...options, connect: createFastConnector(options, this.#parsers) };
  }
}

/** What a proxy forwards for `http:` targets is HTTP/1.1. */
function isHttp2({ origin, settings: { http2, proxy } }: ConnectionOptions): boolean {
  return http2 && !(proxy && origin.startsWith('http:'));
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, create: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const created = create();
  known.set(key, created);
  return created;
}
