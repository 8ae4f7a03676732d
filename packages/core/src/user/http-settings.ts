import type { Duration } from '../duration.ts';
import type { HttpAuth } from './http-auth.ts';

/** What speaks HTTP/1.1: a connection of our own on Node's sockets, or undici's. */
export const HTTP_ENGINES = ['fast', 'undici'] as const;

export type HttpEngine = (typeof HTTP_ENGINES)[number];

/** How a user class makes its requests. `static http = { ... }` on the class; a subclass inherits it whole. */
export interface HttpSettings {
  /** Sent with every request, unless the request has a header of that name itself. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Redirects that a request follows unless it says otherwise, 30 unless given; 0 follows none. */
  readonly maxRedirects?: number;
  /** False: cookies are neither kept nor sent. */
  readonly cookies?: boolean;
  /** Sent with every request, unless the request has an `auth` or an `authorization` header itself. */
  readonly auth?: HttpAuth;
  /** How long requests may take; a duration is the total. A request's own `timeout` comes first. */
  readonly timeout?: Duration | HttpTimeouts;
  readonly tls?: TlsSettings;
  /** `http://host:port` or `http://user:password@host:port`. Environment variables such as `HTTP_PROXY` are not read. */
  readonly proxy?: string;
  /**
   * Beta. True: HTTP/2 where an `https:` server has it, and always for `http:` URLs, which ask no server.
   * All requests of a user to one origin share one connection.
   */
  readonly http2?: boolean;
  /** False closes each connection after one request; the next request opens another. */
  readonly keepAlive?: boolean;
  /** `user`, unless given: each user has connections of its own. `shared`: all users of the class on a worker share them. */
  readonly pool?: 'user' | 'shared';
  /**
   * Connections of a pool to one origin at the same time; further requests wait for a free one.
   * 6 for a user, as in browsers, and 100 for a shared pool, unless given.
   */
  readonly maxConnections?: number;
}

/** Each part of a request may have a limit of its own. 0 is none. */
export interface HttpTimeouts {
  /** The whole request, from the call on, with the wait for a connection. 60 s unless given. */
  readonly total?: Duration;
  /** Host name, TCP, TLS and proxy of a new connection. 10 s unless given. */
  readonly connect?: Duration;
  /** From sending the request to the end of the response's headers. No limit unless given. */
  readonly headers?: Duration;
  /** The longest pause within the body. No limit unless given. */
  readonly body?: Duration;
}

/** Certificates and keys are PEM text, not file names: a script may run on another machine than its files are on. */
export interface TlsSettings {
  /** False accepts any certificate, as `--insecure` does for all classes. */
  readonly verify?: boolean;
  /** Authorities to trust instead of the usual ones. */
  readonly ca?: string | readonly string[];
  /** The certificate, with its chain, that the user shows to the server. */
  readonly cert?: string;
  readonly key?: string;
  /** Certificate and key in one, as PKCS #12. */
  readonly pfx?: Uint8Array;
  /** Of the key or of `pfx`. */
  readonly passphrase?: string;
  /** The host name to ask for and to check the certificate against, instead of the URL's. */
  readonly servername?: string;
}
