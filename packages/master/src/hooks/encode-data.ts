import { inspect } from 'node:util';
import { LoadtsError } from '@loadts/core';

/** The largest result of `setup()`, as JSON in UTF-8. */
const MAX_BYTES: number = 1024 * 1024;

/**
 * The result of `setup()` as JSON; null where there is none.
 * @throws LoadtsError `SETUP_FAILED` for what JSON would drop or change, with its place, and for more than 1 MiB.
 */
export function encodeData(data: unknown): string | null {
  if (data === undefined) return null;
  const text = stringify(data);
  const bytes = Buffer.byteLength(text);
  if (bytes > MAX_BYTES) {
    throw new LoadtsError('SETUP_FAILED', `setup() returned ${bytes} bytes of JSON, more than ${MAX_BYTES}`, {
      hint: 'return only what the users need',
    });
  }
  return text;
}

function stringify(data: unknown): string {
  try {
    check(data, 'the result');
    return JSON.stringify(data);
  } catch (error) {
    if (error instanceof LoadtsError) throw error;
    throw notJson(`something that cannot be JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function check(value: unknown, path: string): void {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return;
  if (typeof value === 'number' && Number.isFinite(value)) return;
  if (Array.isArray(value)) {
    return value.forEach((element, index) => check(element, `${path}[${index}]`));
  }
  if (!isPlain(value)) throw notJson(`something that is not JSON: ${path} is ${show(value)}`);
  for (const [key, field] of Object.entries(value)) {
    // As in JavaScript, a field that is undefined is a field that is not there.
    if (field !== undefined) check(field, `${path}.${key}`);
  }
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function show(value: unknown): string {
  return inspect(value, { depth: 0, breakLength: Number.POSITIVE_INFINITY }).slice(0, 80);
}

function notJson(problem: string): LoadtsError {
  return new LoadtsError('SETUP_FAILED', `setup() returned ${problem}`, {
    hint: 'return objects, arrays, texts, numbers, true, false and null only: they travel to all workers',
  });
}
