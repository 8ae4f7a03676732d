import { LoadtsError } from '@loadts/core';
import { Packr } from 'msgpackr';
import * as z from 'zod';
import type { MasterMessage, WorkerMessage } from './message.ts';
import { masterMessageSchema, workerMessageSchema } from './message-schema.ts';
import { checkStructure } from './message-structure.ts';
import { MAX_MESSAGE_BYTES } from './version.ts';

// Records would be smaller, but a peer could then define classes of its own in our decoder.
const packr = new Packr({ useRecords: false, variableMapSize: true });

/** A problem quotes what the peer sent: enough to find it, not all of it. */
const LONGEST_PROBLEM = 300;

export function encodeMessage(message: MasterMessage | WorkerMessage): Uint8Array {
  return packr.pack(message);
}

/** @throws LoadtsError `MESSAGE_INVALID` for anything that is not exactly a message of a master. */
export function decodeMasterMessage(bytes: Uint8Array): MasterMessage {
  return decode(bytes, masterMessageSchema);
}

/** @throws LoadtsError `MESSAGE_INVALID` for anything that is not exactly a message of a worker. */
export function decodeWorkerMessage(bytes: Uint8Array): WorkerMessage {
  return decode(bytes, workerMessageSchema);
}

const greetingSchema = z.object({
  type: z.literal('hello'),
  protocol: z.int(),
  version: z.string().max(100),
});

/** Which versions a greeting is of: the one part of it that no version may change. Undefined for anything else. */
export function peekVersions(
  bytes: Uint8Array,
): { readonly protocol: number; readonly version: string } | undefined {
  checkStructure(bytes);
  return greetingSchema.safeParse(unpack(bytes)).data;
}

function decode<Message>(bytes: Uint8Array, schema: z.ZodType<Message>): Message {
  if (bytes.length > MAX_MESSAGE_BYTES) throw invalid(`a message of ${bytes.length} bytes is too large`);
  checkStructure(bytes);
  const result = schema.safeParse(unpack(bytes));
  if (result.success) return result.data;
  const problem = result.error.issues[0];
  const where = problem?.path.join('.') || 'message';
  throw invalid(`a message breaks the protocol at ${where}: ${problem?.message}`);
}

function unpack(bytes: Uint8Array): unknown {
  try {
    return packr.unpack(bytes);
  } catch (cause) {
    throw invalid('a message is not readable as MessagePack', cause);
  }
}

function invalid(problem: string, cause?: unknown): LoadtsError {
  return new LoadtsError('MESSAGE_INVALID', problem.slice(0, LONGEST_PROBLEM), { cause });
}
