import { ArrivalRate, LoadTestShape, readShapes } from '@loadts/core';
import type { FormLayer } from '../config/config-layer.ts';
import type { RunConfig } from '../config/run-config.ts';

type Exports = Readonly<Record<string, unknown>>;

export interface LoadChoice {
  readonly exports: Exports;
  readonly config: Pick<RunConfig, 'shape' | 'headless' | 'autostart'>;
  /** What a person has filled into the start form, where somebody has. */
  readonly form: Pick<FormLayer, 'cleared'> | undefined;
}

/** The script without its shapes or its rate, where a person wants none of them, or has yet to choose one of several. */
export function loadExports({ exports, config, form }: LoadChoice): Exports {
  const willBeAsked = !form && !config.headless && !config.autostart && readShapes(exports).length > 1;
  const isShapeless = config.shape === undefined && (willBeAsked || form?.cleared.includes('shape') === true);
  const isRateless = form?.cleared.includes('rate') === true;
  const isKept = (exported: unknown): boolean =>
    !(isShapeless && isShape(exported)) && !(isRateless && exported instanceof ArrivalRate);
  return Object.fromEntries(Object.entries(exports).filter(([, exported]) => isKept(exported)));
}

function isShape(exported: unknown): boolean {
  return typeof exported === 'function' && exported.prototype instanceof LoadTestShape;
}
