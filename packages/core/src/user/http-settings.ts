import type { HttpAuth } from './http-auth.ts';

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
}
