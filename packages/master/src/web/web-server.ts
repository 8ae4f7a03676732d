import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { LoadtsError } from '@loadts/core';
import type { LiveState } from '../report/live-view.ts';
import { TokenGate } from './access/token-gate.ts';
import { readAssets } from './assets.ts';
import { createWebApp } from './create-web-app.ts';
import { createDownloadRoutes } from './download-routes.ts';
import type { EventStream } from './event-stream.ts';
import { findFreePort } from './find-free-port.ts';
import { createLoginRoutes } from './login-routes.ts';
import { describeApi } from './openapi.ts';
import type { Route } from './route.ts';
import { createRunRoutes } from './run-routes.ts';
import { createSystemRoutes } from './system-routes.ts';
import type { WebBackend } from './web-backend.ts';

export interface WebServerOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Names beside addresses and `localhost` by which the server may be called. */
  readonly allowedHosts: readonly string[];
  /** Undefined: everyone who can reach the server is let in. */
  readonly token: string | undefined;
  readonly backend: WebBackend;
  readonly events: EventStream;
  /** The folder of the built page. */
  readonly page: URL | undefined;
  /** The built page that HTML reports are made from. */
  readonly reportTemplate: URL;
  readonly formatMetrics: (live: LiveState) => string;
  readonly onError: (error: unknown) => void;
}

const MOST_CONNECTIONS = 1_000;
const REQUEST_MS = 30_000;

/** Serves the web UI and its API. */
export class WebServer {
  readonly #options: WebServerOptions;
  readonly #server: Server;

  constructor(options: WebServerOptions) {
    const { token, allowedHosts, page, onError } = options;
    this.#options = options;
    const gate = token === undefined ? undefined : new TokenGate({ token });
    const app = createWebApp({
      routes: createRoutes(options, gate),
      assets: readAssets(page),
      gate,
      allowedHosts: [...allowedHosts, options.host],
      onError,
    });
    const listener = getRequestListener(app.fetch, { overrideGlobalObjects: false });
    this.#server = createServer({ requestTimeout: REQUEST_MS }, (request, response) => {
      listener(request, response).catch(onError);
    });
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** @returns the port. @throws LoadtsError `PORT_IN_USE` */
  async listen(): Promise<number> {
    const { host, port } = this.#options;
    try {
      await once(this.#server.listen(port, host), 'listening');
    } catch (error) {
      throw await explainListenError(error as NodeJS.ErrnoException, host, port);
    }
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : port;
  }

  /** Ends all connections, those of the events included. */
  async close(): Promise<void> {
    this.#options.events.close();
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }
}

function createRoutes(options: WebServerOptions, gate: TokenGate | undefined): Route[] {
  const { backend, events } = options;
  const routes: Route[] = [
    ...createRunRoutes(backend, events),
    ...createDownloadRoutes(options),
    ...createLoginRoutes(gate),
    ...createSystemRoutes({ ...options, description: () => describeApi(routes) }),
  ];
  return routes;
}

async function explainListenError(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
): Promise<LoadtsError> {
  if (error.code !== 'EADDRINUSE') {
    return new LoadtsError(
      'CONFIG_INVALID',
      `the web UI cannot listen on ${host}:${port}: ${error.message}`,
      {
        hint: 'give --web-host an address of this machine, such as 127.0.0.1 or 0.0.0.0',
        cause: error,
      },
    );
  }
  const free = (await findFreePort(host, port)) ?? 0;
  return new LoadtsError('PORT_IN_USE', `the web UI cannot have ${host}:${port}: something else has it`, {
    hint: `take another one with --web-port ${free}, or none with --headless`,
    cause: error,
  });
}
