import { type Cookies, LoadtsError } from '@loadts/core';
import { Cookie, CookieJar } from 'tough-cookie';
import type { HeaderList } from './request-headers.ts';
import type { TargetResolver } from './request-target.ts';

const BREAKS_OUT = /[^\x21-\x3a\x3c-\x7e]/;

/** One user's cookie jar, which decides by the rules of browsers what goes where. */
export class UserCookies implements Cookies {
  readonly #jar = new CookieJar();
  readonly #targets: TargetResolver;

  /** @param targets resolves paths that a script gives */
  constructor(targets: TargetResolver) {
    this.#targets = targets;
  }

  get(name: string, url = '/'): string | undefined {
    const target = this.#targets.resolve(url);
    return this.#jar.getCookiesSync(target.url).find(({ key }) => key === name)?.value;
  }

  set(name: string, value: string, url = '/'): void {
    const target = this.#targets.resolve(url);
    if (name === '' || name.includes('=') || BREAKS_OUT.test(name) || BREAKS_OUT.test(value)) {
      throw new LoadtsError('REQUEST_INVALID', `the cookie ${JSON.stringify(name)} cannot be sent`, {
        hint: 'encode its value, for example with encodeURIComponent()',
      });
    }
    this.#jar.setCookieSync(new Cookie({ key: name, value, path: '/' }), target.url);
  }

  clear(): void {
    this.#jar.removeAllCookiesSync();
  }

  /** Takes what a server has set. What it may not set is passed over, as in browsers. */
  take(headers: readonly string[], url: string): void {
    for (const header of headers) this.#jar.setCookieSync(header, url, { ignoreError: true });
  }

  /** The headers with those cookies that belong to the URL, behind those that are in there already. */
  addTo(headers: HeaderList, url: string): HeaderList {
    const cookies = this.#jar.getCookieStringSync(url);
    if (cookies === '') return headers;
    const index = headers.indexOf('cookie');
    if (index < 0 || index % 2 === 1) return [...headers, 'cookie', cookies];
    return headers.with(index + 1, `${headers[index + 1]}; ${cookies}`);
  }
}
