import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createNonce, createProof, isProofValid } from './authentication.ts';

const nonces = { worker: createNonce(), master: createNonce() };

describe('a nonce', () => {
  it('has 256 bits in hex and is never the same', () => {
    const many = Array.from({ length: 1_000 }, createNonce);
    expect(new Set(many).size).toBe(1_000);
    expect(many.every((nonce) => /^[0-9a-f]{64}$/.test(nonce))).toBe(true);
  });
});

describe('a proof', () => {
  it('convinces whoever has the same token, role and nonces', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('master', 'worker'), (token, role) => {
        expect(isProofValid(createProof(token, role, nonces), createProof(token, role, nonces))).toBe(true);
      }),
    );
  });

  it('is worth nothing for another token, role or nonce', () => {
    const proof = createProof('secret', 'worker', nonces);
    const others = [
      createProof('secreT', 'worker', nonces),
      createProof('', 'worker', nonces),
      createProof('secret', 'master', nonces),
      createProof('secret', 'worker', { ...nonces, master: createNonce() }),
      createProof('secret', 'worker', { ...nonces, worker: createNonce() }),
      createProof('secret', 'worker', { worker: nonces.master, master: nonces.worker }),
    ];
    expect(others.filter((other) => isProofValid(other, proof))).toEqual([]);
    expect(new Set(others).size).toBe(others.length);
  });

  it('does not contain the token', () => {
    expect(createProof('0123456789abcdef', 'worker', nonces)).not.toContain('0123456789abcdef');
  });

  it('is not valid when it is shortened, prolonged or anything but hex', () => {
    const proof = createProof('secret', 'worker', nonces);
    for (const forged of [
      '',
      proof.slice(1),
      `${proof}0`,
      'é'.repeat(32),
      'x'.repeat(64),
      proof.toUpperCase(),
    ]) {
      expect(isProofValid(forged, proof)).toBe(false);
    }
  });
});
