import type { Clock, HttpSettings } from '@loadts/core';
import { type ConnectionSettings, readConnectionSettings } from './connection-settings.ts';
import { OriginConnections } from './origin-connections.ts';

export interface ConnectionPoolsOptions {
  readonly clock: Clock;
  readonly insecure: boolean;
}

/** What the users of a run on this worker open their connections with. */
export class ConnectionPools {
  readonly #options: ConnectionPoolsOptions;
  readonly #settings = new Map<HttpSettings, ConnectionSettings>();

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
  open(origin: string, settings: HttpSettings): OriginConnections {
    return new OriginConnections({ origin, settings: this.settingsOf(settings), clock: this.#options.clock });
  }
}
