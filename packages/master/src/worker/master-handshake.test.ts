import { HISTOGRAM } from '@loadts/core';
import {
  createNonce,
  createProof,
  type HelloMessage,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
} from '@loadts/protocol';
import { describe, expect, it } from 'vitest';
import { MasterHandshake } from './master-handshake.ts';

const TOKEN = 'secret';
const NONCE = createNonce();

function createHello(fields: Partial<HelloMessage> = {}): HelloMessage {
  return {
    type: 'hello',
    protocol: PROTOCOL_VERSION,
    version: PACKAGE_VERSION,
    nonce: NONCE,
    histogram: HISTOGRAM,
    hostname: 'somewhere',
    pid: 1,
    cores: 1,
    resumes: false,
    ...fields,
  };
}

/** Sends a hello and returns the master's nonce and proof. */
function challenge(handshake: MasterHandshake): { nonce: string; proof: string } {
  const answer = handshake.answer(createHello());
  if (answer?.type !== 'challenge') throw new Error('no challenge came');
  return answer;
}

describe('the handshake of the master', () => {
  it('shows that the master knows the token', () => {
    const { nonce, proof } = challenge(new MasterHandshake(TOKEN));
    expect(proof).toBe(createProof(TOKEN, 'master', { worker: NONCE, master: nonce }));
  });

  it('accepts a worker that proves the same', () => {
    const handshake = new MasterHandshake(TOKEN);
    const { nonce } = challenge(handshake);
    const proof = createProof(TOKEN, 'worker', { worker: NONCE, master: nonce });
    expect(handshake.answer({ type: 'proof', proof, resume: null })).toBeUndefined();
  });

  it('asks each connection something new', () => {
    const nonces = Array.from({ length: 20 }, () => challenge(new MasterHandshake(TOKEN)).nonce);
    expect(new Set(nonces).size).toBe(20);
  });

  it('refuses a proof made with another token', () => {
    const handshake = new MasterHandshake(TOKEN);
    const { nonce } = challenge(handshake);
    const proof = createProof('another', 'worker', { worker: NONCE, master: nonce });
    expect(() => handshake.answer({ type: 'proof', proof, resume: null })).toThrow(
      'the worker does not know the token of this master: give both the same one',
    );
  });

  it("refuses the master's own proof sent back", () => {
    const handshake = new MasterHandshake(TOKEN);
    const { proof } = challenge(handshake);
    expect(() => handshake.answer({ type: 'proof', proof, resume: null })).toThrow('does not know the token');
  });

  it('refuses a proof of another connection', () => {
    const { nonce } = challenge(new MasterHandshake(TOKEN));
    const handshake = new MasterHandshake(TOKEN);
    challenge(handshake);
    const proof = createProof(TOKEN, 'worker', { worker: NONCE, master: nonce });
    expect(() => handshake.answer({ type: 'proof', proof, resume: null })).toThrow('does not know the token');
  });

  it('refuses another protocol and names both', () => {
    const hello = createHello({ protocol: 99, version: '7.8.9' });
    expect(() => new MasterHandshake(TOKEN).answer(hello)).toThrow(
      `this master speaks protocol ${PROTOCOL_VERSION} (loadts ${PACKAGE_VERSION}), the worker 99 (loadts 7.8.9): install the same version of loadts on both`,
    );
  });

  it.each([{ lowestUs: 2 }, { highestUs: 60_000_000 }, { digits: 2 }])(
    'refuses another layout of the histograms: %o',
    (field) => {
      const hello = createHello({ histogram: { ...HISTOGRAM, ...field } });
      expect(() => new MasterHandshake(TOKEN).answer(hello)).toThrow(
        'the worker counts times in other buckets than this master',
      );
    },
  );

  it('refuses a proof before the hello', () => {
    const handshake = new MasterHandshake(TOKEN);
    expect(() => handshake.answer({ type: 'proof', proof: '', resume: null })).toThrow(
      'the worker sent "proof" where its hello belongs',
    );
  });

  it('refuses a second hello', () => {
    const handshake = new MasterHandshake(TOKEN);
    challenge(handshake);
    expect(() => handshake.answer(createHello())).toThrow('the worker sent "hello" where its proof belongs');
  });

  it('refuses anything else', () => {
    expect(() => new MasterHandshake(TOKEN).answer({ type: 'ping', id: 1 })).toThrow(
      'the worker sent "ping" where its hello belongs',
    );
  });

  it('says with a code that it is a refusal', () => {
    const error = expect.objectContaining({ code: 'HANDSHAKE_REFUSED' }) as unknown;
    expect(() => new MasterHandshake(TOKEN).answer(createHello({ protocol: 0 }))).toThrow(error);
  });
});
