import type { HttpBindings } from '@hono/node-server';
import { readRest } from '@loadts/protocol';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { checkHost } from './access/host-check.ts';
import { checkJson, checkOrigin } from './access/origin-check.ts';
import { SECURITY_HEADERS } from './access/security-headers.ts';
import type { TokenGate } from './access/token-gate.ts';
import type { Asset } from './assets.ts';
import { addressOf } from './login-routes.ts';
import { type Route, type WebContext } from './route.ts';
import { answerError, WebError } from './web-error.ts';

export interface WebAppOptions {
  readonly routes: readonly Route[];
  /** By path. */
  readonly assets: ReadonlyMap<string, Asset>;
  /** Undefined: everyone who can reach the server is let in. */
  readonly gate: TokenGate | undefined;
  readonly allowedHosts: readonly string[];
  /** Told what nobody expected. */
  readonly onError: (error: unknown) => void;
}

export type WebApp = Hono<{ Bindings: HttpBindings }>;

const MOST_BODY_BYTES = 64 * 1_024;

/** The routes and the page behind all checks: the name of the server, the token, the origin, the size, the schema. */
export function createWebApp(options: WebAppOptions): WebApp {
  const { routes, assets, gate, allowedHosts, onError } = options;
  const app: WebApp = new Hono();
  const open = new Set(routes.filter(({ isOpen }) => isOpen).map(({ path }) => path));
  app.use(async (context, next) => {
    const { path } = context.req;
    // A probe calls the server what it likes, and learns nothing.
    if (path !== '/healthz') checkHost(context.req.header('host'), allowedHosts);
    if (gate && !open.has(path)) checkToken(context, gate);
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value);
  });
  app.use(
    bodyLimit({
      maxSize: MOST_BODY_BYTES,
      onError: () => {
        throw new WebError('BODY_TOO_LARGE', `the body is larger than ${MOST_BODY_BYTES / 1_024} KiB`);
      },
    }),
  );
  for (const route of routes)
    app.on(route.method.toUpperCase(), route.path, (context) => handle(route, context));
  for (const [path, asset] of assets) app.get(path, (context) => serveAsset(context, asset));
  app.notFound((context) => {
    const what = `${context.req.method} ${context.req.path}`.slice(0, 200);
    throw new WebError('NOT_FOUND', `there is no ${what}`, 'GET /api/v1/openapi.json lists what there is');
  });
  app.onError((error, context) => {
    const { status, body } = answerError(error);
    if (status === 500) onError(error);
    // A person goes where the token can be given.
    if (status === 401 && context.req.path === '/') return context.redirect('/login', 303);
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value);
    return context.json(body, status);
  });
  return app;
}

function checkToken(context: WebContext, gate: TokenGate): void {
  gate.check({
    cookie: context.req.header('cookie'),
    authorization: context.req.header('authorization'),
    address: addressOf(context),
  });
}

async function handle(route: Route, context: WebContext): Promise<Response> {
  if (!route.body) {
    const response = await route.handle(context, undefined);
    if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'no-store');
    return response;
  }
  const header = (name: string): string | undefined => context.req.header(name);
  checkOrigin(header);
  checkJson(header);
  const body: unknown = await context.req.json().catch(() => {
    throw new WebError('BODY_INVALID', 'the body is not JSON', 'send an object such as {}');
  });
  const read = readRest(route.body, body);
  if ('value' in read) return await route.handle(context, read.value);
  throw new WebError('BODY_INVALID', read.problems.join('; '), 'GET /api/v1/openapi.json describes the body');
}

function serveAsset(context: WebContext, { type, content, etag }: Asset): Response {
  const headers = { 'content-type': type, etag, 'cache-control': 'no-cache' };
  if (context.req.header('if-none-match') === etag) return context.body(null, 304, headers);
  return context.body(content, 200, headers);
}
