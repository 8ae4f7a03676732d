import { LoadtsError } from '@loadts/core';
import type { EncodedBody } from './encoded-body.ts';

/** @throws LoadtsError `REQUEST_INVALID` for a `content-length` of a script that is not the body's */
export function checkLength(headers: Readonly<Record<string, string>>, body: EncodedBody | undefined): void {
  for (const name of Object.keys(headers)) {
    if (name.length !== 14 || name.toLowerCase() !== 'content-length') continue;
    const given = headers[name] as string;
    const length = lengthOf(body);
    if (length === undefined ? /^\d+$/.test(given) : given === String(length)) continue;
    const has = length === undefined ? '' : `, and its body has ${length} bytes`;
    throw new LoadtsError(
      'REQUEST_INVALID',
      `a request has the content-length ${JSON.stringify(given)}${has}`,
      {
        hint: 'leave the header out: it is set where the length is known',
      },
    );
  }
}

/** Undefined where only the maker of the body knows. */
function lengthOf(body: EncodedBody | undefined): number | undefined {
  if (!body) return 0;
  const { content, contentLength } = body;
  return typeof content === 'string' || content instanceof Uint8Array
    ? Buffer.byteLength(content)
    : contentLength;
}
