import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** The two random values of one handshake, in hex. */
export interface Nonces {
  readonly worker: string;
  readonly master: string;
}

export function createNonce(): string {
  return randomBytes(32).toString('hex');
}

/** Shows knowledge of the token without sending it; the role keeps one side's proof from serving the other. */
export function createProof(token: string, role: 'master' | 'worker', nonces: Nonces): string {
  return createHmac('sha256', token).update(`${role}\n${nonces.worker}\n${nonces.master}`).digest('hex');
}

/** Compares in constant time. */
export function isProofValid(proof: string, expected: string): boolean {
  const [given, wanted] = [Buffer.from(proof), Buffer.from(expected)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}
