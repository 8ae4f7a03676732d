import type { StateView } from '@loadts/protocol';

const AT_REST: ReadonlySet<StateView['phase']> = new Set(['ready', 'stopped']);

/** The run that ended without a word when the master of this state vanished. */
export function runLostWith({ phase, run }: Pick<StateView, 'phase' | 'run'>): string | undefined {
  return AT_REST.has(phase) || run === null ? undefined : run.id;
}
