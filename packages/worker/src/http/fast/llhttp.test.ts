import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createLlhttp, type LlhttpEvents } from './llhttp.ts';

describe("undici's llhttp, which is no public part of it", () => {
  it.each(['llhttp_simd-wasm.js', 'llhttp-wasm.js'])('is still where it was: %s', (file) => {
    const bytes: unknown = createRequire(import.meta.url)(`undici/lib/llhttp/${file}`);
    expect(bytes).toBeInstanceOf(Uint8Array);
  });

  it('has the functions that are called', () => {
    const llhttp = createLlhttp(() => ({}) as LlhttpEvents) as unknown as Record<string, unknown>;
    const called = ['alloc', 'free', 'reset', 'execute', 'finish', 'get_error_reason', 'get_http_minor'];
    const missing = called.filter((name) => typeof llhttp[`llhttp_${name}`] !== 'function');
    expect([missing, typeof llhttp['malloc']]).toEqual([[], 'function']);
  });
});
