import { LISTENERS_MS, RUN_STOP_MS } from '@loadts/protocol';
import type { RunSettings } from './run-settings.ts';

/** What the final messages may take after the last user has ended or was cut off. */
const DELIVERY_MS = 10_000;

/** How long the workers may take from the stop to their last word. */
export function drainTimeoutMs({ stopTimeoutMs, endsScript }: RunSettings): number {
  // Listeners and `onRunStop` come before the final messages.
  return stopTimeoutMs + (endsScript ? LISTENERS_MS + RUN_STOP_MS : 0) + DELIVERY_MS;
}
