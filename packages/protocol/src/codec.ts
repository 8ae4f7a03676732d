import { LoadtsError } from '@loadts/core';
import { Packr } from 'msgpackr';
import type { z } from 'zod';
import type { MasterMessage, WorkerMessage } from './message.ts';
import { masterMessageSchema, workerMessageSchema } from './message-schema.ts';

// Records would be smaller, but a peer could then define classes of its own in our decoder.
const packr = new Packr({ useRecords: false, variableMapSize: true });

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

function decode<Message>(bytes: Uint8Array, schema: z.ZodType<Message>): Message {
  let value: unknown;
  try {
    value = packr.unpack(bytes);
  } catch (cause) {
    throw new LoadtsError('MESSAGE_INVALID', 'a message is not readable as MessagePack', { cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problem = result.error.issues[0];
  const where = problem?.path.join('.') || 'message';
  throw new LoadtsError('MESSAGE_INVALID', `a message breaks the protocol at ${where}: ${problem?.message}`);
}
