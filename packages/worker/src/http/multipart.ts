import { randomBytes } from 'node:crypto';
import type { MultipartField, RequestOptions } from '@loadts/core';
import type { EncodedBody } from './encoded-body.ts';
import { encodeMultipartField, type Part, type StreamedPart } from './multipart-field.ts';
import { StreamedBody } from './streamed-body.ts';

/** @throws LoadtsError `REQUEST_INVALID` for a file that is not there, or a field of no known kind */
export function encodeMultipart(fields: NonNullable<RequestOptions['multipart']>): EncodedBody {
  const boundary = `loadts-${randomBytes(16).toString('hex')}`;
  const parts: Part[] = [];
  for (const [name, values] of Object.entries(fields)) {
    for (const value of Array.isArray(values) ? values : [values]) {
      parts.push(...encodeMultipartField(boundary, name, value as MultipartField));
    }
  }
  parts.push(Buffer.from(`--${boundary}--\r\n`));
  const contentType = `multipart/form-data; boundary=${boundary}`;
  const streamed = parts.filter((part): part is StreamedPart => !(part instanceof Uint8Array));
  if (streamed.length === 0) {
    const content = Buffer.concat(parts as Uint8Array[]);
    return { content, contentType, contentLength: undefined, repeatable: true };
  }
  const repeatable = streamed.every((part) => part.repeatable);
  const content = new StreamedBody(() => readAll(parts), repeatable);
  return { content, contentType, contentLength: sumSizes(parts), repeatable };
}

function sumSizes(parts: readonly Part[]): number | undefined {
  let total = 0;
  for (const part of parts) {
    const size = part instanceof Uint8Array ? part.length : part.size;
    if (size === undefined) return undefined;
    total += size;
  }
  return total;
}

async function* readAll(parts: readonly Part[]): AsyncGenerator<Uint8Array | string> {
  for (const part of parts) {
    if (part instanceof Uint8Array) yield part;
    else yield* part.open();
  }
}
