/** One user's cookies. Those that servers set are kept and sent back as a browser would do it. */
export interface Cookies {
  /** The value that would be sent to this URL or path; the host's root unless given. `HttpOnly` cookies are included. */
  get(name: string, url?: string): string | undefined;
  /** Sets a cookie for all paths of this URL's host; the user's host unless given. */
  set(name: string, value: string, url?: string): void;
  /** Forgets all cookies. */
  clear(): void;
}
