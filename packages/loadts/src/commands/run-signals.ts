export type StopSignal = 'SIGINT' | 'SIGTERM';

export interface SignalEvents {
  /** The first signal: finish in order. */
  stop(signal: StopSignal): void;
  /** The second one: end now. */
  abort(signal: StopSignal): void;
}

/** Listens to Ctrl-C and SIGTERM until the returned function is called. */
export function listenToSignals(events: SignalEvents): () => void {
  let received = 0;
  const receive = (signal: StopSignal): void => {
    received++;
    if (received === 1) events.stop(signal);
    else if (received === 2) events.abort(signal);
  };
  process.on('SIGINT', receive);
  process.on('SIGTERM', receive);
  return () => {
    process.off('SIGINT', receive);
    process.off('SIGTERM', receive);
  };
}
