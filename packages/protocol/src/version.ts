/** Both sides must speak the same one. Changes with every change of a message. */
export const PROTOCOL_VERSION = 4;

/** The release, shared by all packages. */
export const PACKAGE_VERSION = '0.1.0';

/** Whether releases may differ in what they do although they understand each other. */
export function differsInMinor(version: string, other: string): boolean {
  const minor = (text: string): string => text.split('.', 2).join('.');
  return minor(version) !== minor(other);
}

/** Largest message once a peer has proved itself, and before that. */
export const MAX_MESSAGE_BYTES: number = 4 * 1024 * 1024;
export const MAX_GREETING_BYTES: number = 64 * 1024;

export const BUNDLE_CHUNK_BYTES: number = 1024 * 1024;
export const MAX_BUNDLE_BYTES: number = 64 * 1024 * 1024;

/** How often both sides show that they are alive, and the silence after which a worker counts as missing. */
export const HEARTBEAT_MS = 1_000;
export const MISSING_AFTER_MS = 4_000;
/** A message may take so long to come while its bytes do; then the connection is given up. */
export const STALLED_AFTER_MS = 60_000;

/** After a worker's last user has ended: how long it waits for promises of listeners, and then for `onRunStop`. */
export const LISTENERS_MS = 10_000;
export const RUN_STOP_MS = 30_000;
