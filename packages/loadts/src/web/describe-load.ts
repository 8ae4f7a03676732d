import type { RunControl } from '@loadts/master';
import type { LoadView } from '@loadts/protocol';

const NOTHING = { users: null, spawnRate: null, rate: null, maxUsers: null };

/** The load that rules now, and who decides over it. */
export function describeLoad({ load, ruledBy }: Pick<RunControl, 'load' | 'ruledBy'>): LoadView {
  const { model, ...values } = load;
  const isShape = model === 'closed' && ruledBy !== undefined;
  return { ...NOTHING, ...values, model: isShape ? 'shape' : model, ruledBy: ruledBy ?? null };
}
