import { createReadStream, type Stats, statSync } from 'node:fs';
import { basename } from 'node:path';
import { type BodyChunks, LoadtsError, type MultipartField, type MultipartFile } from '@loadts/core';
import { isBodyChunks } from './streamed-body.ts';

/** A piece of the body that is not in memory. */
export interface StreamedPart {
  /** Called each time that the body is sent. */
  readonly open: () => BodyChunks;
  /** In bytes; undefined where only sending it tells. */
  readonly size: number | undefined;
  readonly repeatable: boolean;
}

export type Part = Uint8Array | StreamedPart;

interface Field {
  readonly content: Part;
  readonly filename?: string | undefined;
  readonly contentType?: string | undefined;
}

const BINARY = 'application/octet-stream';

/** @throws LoadtsError `REQUEST_INVALID` for a file that is not there, or a field of no known kind */
export function encodeMultipartField(boundary: string, name: string, value: MultipartField): Part[] {
  const { content, filename, contentType } = readField(name, value);
  const head = [`--${boundary}`, `content-disposition: form-data; name="${quote(name)}"`];
  if (filename !== undefined) head[1] += `; filename="${quote(filename)}"`;
  if (contentType !== undefined) head.push(`content-type: ${checkType(contentType)}`);
  return [Buffer.from(`${head.join('\r\n')}\r\n\r\n`), content, Buffer.from('\r\n')];
}

function readField(name: string, value: MultipartField): Field {
  if (value instanceof Uint8Array) return { content: value, contentType: BINARY };
  if (typeof value !== 'object') return { content: Buffer.from(String(value)) };
  // Scripts in JavaScript may give anything.
  const field = (value as typeof value | null) ?? { content: undefined as never };
  if ('file' in field) return readFile(field);
  const { content, filename, contentType } = field;
  if (typeof content === 'string') return { content: Buffer.from(content), filename, contentType };
  const type = contentType ?? BINARY;
  if (content instanceof Uint8Array) return { content, filename, contentType: type };
  if (isBodyChunks(content)) return { content: openChunks(content), filename, contentType: type };
  throw new LoadtsError('REQUEST_INVALID', `the field ${JSON.stringify(name)} has no content`, {
    hint: 'give a value, or { content } or { file }',
  });
}

function openChunks(content: BodyChunks): StreamedPart {
  return { open: () => content, size: undefined, repeatable: false };
}

function readFile({ file, filename = basename(file), contentType = BINARY }: MultipartFile): Field {
  return { content: openFile(file), filename, contentType };
}

/** As browsers do it. */
function quote(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function checkType(contentType: string): string {
  if (!/[\r\n]/.test(contentType)) return contentType;
  throw new LoadtsError(
    'REQUEST_INVALID',
    `the content type ${JSON.stringify(contentType)} has line breaks`,
    {
      hint: 'give one such as image/png',
    },
  );
}

function openFile(path: string): Part {
  const { size } = readStats(path);
  if (size === 0) return new Uint8Array();
  // What is added to the file later does not belong to it: the length is told before.
  return { open: () => createReadStream(path, { end: size - 1 }), size, repeatable: true };
}

function readStats(path: string): Stats {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return stats;
  throw new LoadtsError('REQUEST_INVALID', `${JSON.stringify(path)} is no file on the worker`, {
    hint: 'paths are those of the machine that the worker runs on, relative to where it was started',
  });
}
