import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { WebError } from '../web-error.ts';
import { LoginLimit } from './login-limit.ts';

const COOKIE = 'loadts_session';
const SESSION_MS = 12 * 3_600_000;
const MOST_SESSIONS = 1_000;

export interface TokenGateOptions {
  readonly token: string;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** What a request shows of who sent it. */
export interface Credentials {
  readonly cookie: string | undefined;
  readonly authorization: string | undefined;
  /** Of the other side. */
  readonly address: string;
}

/** Lets in who knows the token: by a bearer header, or by the session that a login began. */
export class TokenGate {
  readonly #token: Buffer;
  readonly #now: () => number;
  readonly #limit: LoginLimit;
  /** When each session ends. */
  readonly #sessions = new Map<string, number>();

  constructor({ token, now = Date.now }: TokenGateOptions) {
    this.#token = digest(token);
    this.#now = now;
    this.#limit = new LoginLimit(now);
  }

  /** @throws WebError `TOKEN_REQUIRED`, `TOKEN_WRONG` or `TOO_MANY_ATTEMPTS` */
  check({ cookie, authorization, address }: Credentials): void {
    if (this.#hasSession(cookie)) return;
    const [, token] = /^bearer +(\S+) *$/i.exec(authorization ?? '') ?? [];
    if (token !== undefined) return this.#checkToken(token, address);
    throw new WebError(
      'TOKEN_REQUIRED',
      'this server wants a token',
      "log in on its page, or send the header 'authorization: Bearer TOKEN' with the one that the master has printed",
    );
  }

  /** @returns the cookie of a new session. @throws WebError `TOKEN_WRONG` or `TOO_MANY_ATTEMPTS` */
  login(token: string, address: string): string {
    this.#checkToken(token, address);
    const session = randomBytes(32).toString('base64url');
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size >= MOST_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    this.#sessions.set(session, this.#now() + SESSION_MS);
    return `${COOKIE}=${session}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${SESSION_MS / 1_000}`;
  }

  /** @returns the cookie that takes the session away */
  logout(cookie: string | undefined): string {
    const session = readSession(cookie);
    if (session !== undefined) this.#sessions.delete(session);
    return `${COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0`;
  }

  #hasSession(cookie: string | undefined): boolean {
    const session = readSession(cookie);
    const endMs = session === undefined ? undefined : this.#sessions.get(session);
    return endMs !== undefined && this.#now() < endMs;
  }

  #checkToken(token: string, address: string): void {
    this.#limit.check(address);
    // Digests have one length, and comparing them tells nothing of the token by its time.
    if (timingSafeEqual(digest(token), this.#token)) return;
    this.#limit.noteFailure(address);
    throw new WebError('TOKEN_WRONG', 'this is not the token', 'use the one that the master has printed');
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function readSession(cookie: string | undefined): string | undefined {
  const pairs = cookie?.split(';').map((pair) => pair.trim()) ?? [];
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1);
}
