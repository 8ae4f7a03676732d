import { getConnInfo } from '@hono/node-server/conninfo';
import { LOGIN_REQUEST, readRest } from '@loadts/protocol';
import { LOGIN_STYLE, loginPage } from './access/login-page.ts';
import { checkOrigin } from './access/origin-check.ts';
import type { TokenGate } from './access/token-gate.ts';
import type { Route, WebContext } from './route.ts';
import { WebError } from './web-error.ts';

const HTML = 'text/html; charset=utf-8';
const SEE_OTHER = 303;

/** How a person gets in, with a form that needs no script, or a program with JSON. Without a gate all are in. */
export function createLoginRoutes(gate: TokenGate | undefined): Route[] {
  return [
    {
      method: 'get',
      path: '/login',
      summary: 'The page to log in',
      isOpen: true,
      answer: { type: HTML },
      handle: (context) => (gate ? context.html(loginPage()) : context.redirect('/', SEE_OTHER)),
    },
    {
      method: 'get',
      path: '/login.css',
      summary: 'Its style',
      isOpen: true,
      answer: { type: 'text/css; charset=utf-8' },
      handle: (context) => context.body(LOGIN_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }),
    },
    {
      method: 'post',
      path: '/login',
      summary: 'Begin a session with { "token": "..." }: the answer sets its cookie',
      isOpen: true,
      answer: { type: 'application/json' },
      handle: (context) => login(context, gate),
    },
    {
      method: 'post',
      path: '/logout',
      summary: 'End the session',
      isOpen: true,
      answer: { type: 'application/json' },
      handle: (context) => {
        checkOrigin((name) => context.req.header(name));
        if (gate) context.header('set-cookie', gate.logout(context.req.header('cookie')));
        return context.json({});
      },
    },
  ];
}

/** Where the other side is. */
export function addressOf(context: WebContext): string {
  return getConnInfo(context).remote.address ?? '';
}

/** A form's content type is taken here alone: no other site may send it either. */
async function login(context: WebContext, gate: TokenGate | undefined): Promise<Response> {
  checkOrigin((name) => context.req.header(name));
  const isForm = context.req.header('content-type')?.startsWith('application/x-www-form-urlencoded') ?? false;
  try {
    const token = isForm ? await readForm(context) : await readJson(context);
    if (gate) context.header('set-cookie', gate.login(token, addressOf(context)));
    return isForm ? context.redirect('/', SEE_OTHER) : context.json({});
  } catch (error) {
    if (!isForm || !(error instanceof WebError)) throw error;
    return context.html(loginPage(error), error.code === 'TOO_MANY_ATTEMPTS' ? 429 : 401);
  }
}

async function readForm(context: WebContext): Promise<string> {
  const { token } = await context.req.parseBody();
  return typeof token === 'string' ? token : '';
}

async function readJson(context: WebContext): Promise<string> {
  const body: unknown = await context.req.json().catch(() => undefined);
  const read = readRest(LOGIN_REQUEST, body);
  if ('value' in read) return read.value.token;
  throw new WebError('BODY_INVALID', read.problems.join('; '), 'send {"token": "..."}');
}
