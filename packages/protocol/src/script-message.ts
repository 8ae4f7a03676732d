/** Which script the run has. A worker that does not have it asks for it. */
export interface OfferMessage {
  readonly type: 'offer';
  /** SHA-256 of the whole bundle, in hex. */
  readonly hash: string;
  readonly size: number;
}

/** One part of the script bundle; complete when `size` bytes are there. */
export interface BundleMessage {
  readonly type: 'bundle';
  /** SHA-256 of the whole bundle, in hex. */
  readonly hash: string;
  readonly size: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Answers `offer` where the worker does not have the script. */
export interface BundleRequestMessage {
  readonly type: 'bundleRequest';
  readonly hash: string;
}

export interface ScriptReadyMessage {
  readonly type: 'scriptReady';
  readonly hash: string;
}

export interface ScriptFailedMessage {
  readonly type: 'scriptFailed';
  readonly message: string;
}
