import type { Parsed } from './parse-value.ts';

/** The base URL of the target: absolute, http or https, without query and fragment. */
export function parseHost(raw: unknown): Parsed<string> {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (!/^https?:\/\/[^/]/i.test(text)) return { wrong: 'is not an absolute URL', hint: suggestUrl(text) };
  if (!URL.canParse(text)) {
    return { wrong: 'is not a valid URL', hint: 'use a URL such as http://localhost:8000' };
  }
  const url = new URL(text);
  if (url.search !== '' || url.hash !== '') {
    return {
      wrong: 'has a query or a fragment',
      hint: `a base URL ends before them: ${url.origin}${url.pathname}`,
    };
  }
  return { value: text };
}

/** What to poll before the load starts: a whole URL, or a path of the host. */
export function parseWaitFor(raw: unknown): Parsed<string> {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (text.startsWith('/') && !text.startsWith('//')) return { value: text };
  if (/^https?:\/\/[^/]/i.test(text) && URL.canParse(text)) return { value: text };
  return {
    wrong: 'is neither a URL nor a path',
    hint: 'use http://localhost:8000/health, or /health with --host',
  };
}

/** An absolute http or https URL with whatever it holds. */
export function parseUrl(raw: unknown): Parsed<string> {
  const text = typeof raw === 'string' ? raw.trim() : '';
  if (/^https?:\/\/[^/]/i.test(text) && URL.canParse(text)) return { value: text };
  return { wrong: 'is not an absolute URL', hint: suggestUrl(text) };
}

function suggestUrl(text: string): string {
  const rest = text.replace(/^(https?:?)?\/*/i, '');
  const candidate = `${/^https/i.test(text) ? 'https' : 'http'}://${rest}`;
  if (rest === '' || rest.includes('://') || !URL.canParse(candidate)) {
    return 'use a URL that starts with http:// or https://';
  }
  return `did you mean ${candidate}?`;
}
