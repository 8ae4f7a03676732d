import { type FormFields, LoadtsError, type RequestBody } from '@loadts/core';
import type { EncodedBody } from './encoded-body.ts';
import { encodeMultipart } from './multipart.ts';
import { isBodyChunks, StreamedBody } from './streamed-body.ts';

const KINDS = ['json', 'form', 'body', 'multipart'] as const;

/** HOT. @throws LoadtsError `REQUEST_INVALID` where there is more than one body, or one that cannot be sent */
export function encodeBody(options: RequestBody): EncodedBody | undefined {
  const { json, form, body, multipart } = options;
  // Most requests have none: no list is made for them.
  if (json === undefined && form === undefined && body === undefined && multipart === undefined) {
    return undefined;
  }
  const given = KINDS.filter((kind) => options[kind] !== undefined);
  if (given.length > 1) {
    throw new LoadtsError('REQUEST_INVALID', `a request has ${given.join(' and ')}`, {
      hint: 'give one of json, form, body and multipart',
    });
  }
  if (json !== undefined) return atOnce(JSON.stringify(json), 'application/json');
  if (form !== undefined) return atOnce(encodeForm(form), 'application/x-www-form-urlencoded');
  if (multipart !== undefined) return encodeMultipart(multipart);
  return encodeRaw(body);
}

function encodeRaw(body: unknown): EncodedBody {
  if (typeof body === 'string' || body instanceof Uint8Array) return atOnce(body, undefined);
  if (isBodyChunks(body)) {
    const content = new StreamedBody(() => body, false);
    return { content, contentType: undefined, contentLength: undefined, repeatable: false };
  }
  throw new LoadtsError('REQUEST_INVALID', 'the body is neither text, bytes nor an async iterable', {
    hint: 'use json for objects and form for fields',
  });
}

function atOnce(content: string | Uint8Array, contentType: string | undefined): EncodedBody {
  return { content, contentType, contentLength: undefined, repeatable: true };
}

function encodeForm(form: FormFields): string {
  const fields = new URLSearchParams();
  for (const [name, values] of Object.entries(form)) {
    for (const value of Array.isArray(values) ? values : [values]) fields.append(name, String(value));
  }
  return fields.toString();
}
