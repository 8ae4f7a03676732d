// Every name here is used by another package. Explicit, so that a new export is a decision.
export type { ArrivalsMessage } from './arrivals-message.ts';
export { createNonce, createProof, isProofValid, type Nonces } from './authentication.ts';
export { decodeMasterMessage, decodeWorkerMessage, encodeMessage, peekVersions } from './codec.ts';
export { DamagePatience } from './damage-patience.ts';
export type { FeederHeader, FeederRowsMessage, FeederSupply } from './feeder-message.ts';
export type { LogLine } from './log-message.ts';
export type {
  HelloMessage,
  MasterMessage,
  PlanMessage,
  PrepareMessage,
  ProcessLoad,
  Resume,
  WorkerMessage,
  WorkerStatusMessage,
} from './message.ts';
export { isNumbered, Outbox } from './outbox.ts';
export type { PauseMessage } from './pause-message.ts';
export * from './rest/index.ts';
export { readResult } from './result/read-result.ts';
export { writeResult } from './result/write-result.ts';
export { decodeRecord, encodeRecord } from './run-file/record-codec.ts';
export { MAX_SCENARIOS, type RunClass, type RunScenario } from './run-scenario.ts';
export type { BundleMessage, OfferMessage } from './script-message.ts';
export {
  decodeStatistics,
  type EntryRecord,
  encodeStatistics,
  type StatisticsRecord,
} from './statistics/statistics-codec.ts';
export type {
  ArrivalRecord,
  EntryTotals,
  ExceptionRecord,
  FailureRecord,
  FinalMessage,
  InternedEntry,
  SnapshotMessage,
} from './statistics-message.ts';
export { TEXT_LIMITS } from './text-limits.ts';
export { connect } from './transport/connect.ts';
export type { Connection } from './transport/connection.ts';
export { createConnectionPair } from './transport/connection-pair.ts';
export { type Listener, type ListenOptions, listen } from './transport/listen.ts';
export {
  BUNDLE_CHUNK_BYTES,
  differsInMinor,
  HEARTBEAT_MS,
  LISTENERS_MS,
  MAX_BUNDLE_BYTES,
  MAX_GREETING_BYTES,
  MISSING_AFTER_MS,
  PACKAGE_VERSION,
  PROTOCOL_VERSION,
  RUN_STOP_MS,
  STALLED_AFTER_MS,
} from './version.ts';
