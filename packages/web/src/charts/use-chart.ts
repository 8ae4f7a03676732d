import { effect, type ReadonlySignal, type Signal, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import type { Theme } from '../theme/theme.ts';

/** What a chart draws. */
export interface ChartPlan {
  /** Another structure makes a new chart; otherwise only the data change. */
  readonly structure: string;
  readonly data: uPlot.AlignedData;
  readonly height: number;
  readonly theme: ReadonlySignal<Theme>;
  /** Called again for each new chart, since colours may have changed. */
  readonly createOptions: () => Omit<uPlot.Options, 'width' | 'height'>;
  /** Runs whenever a signal that it reads changes, and for each new chart. */
  readonly follow?: ((chart: uPlot) => void) | undefined;
}

export interface ChartHandle {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly chart: RefObject<uPlot | null>;
  /** Index into the data under the cursor. */
  readonly index: Signal<number | undefined>;
}

/** Keeps a uPlot in `host`: made again for another structure or theme, as wide as there is room. */
export function useChart(plan: ChartPlan): ChartHandle {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(null);
  const index = useSignal<number | undefined>(undefined);
  const latest = useRef(plan);
  latest.current = plan;
  useEffect(() => {
    const element = host.current;
    if (element === null) return undefined;
    const stop = effect(() => {
      void plan.theme.value;
      chart.current?.destroy();
      const made = createChart(latest.current, element, index);
      chart.current = made;
      return effect(() => latest.current.follow?.(made));
    });
    const observer = new ResizeObserver(() => {
      if (element.clientWidth > 0)
        chart.current?.setSize({ width: element.clientWidth, height: plan.height });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      stop();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [plan.structure, plan.theme, plan.height, index]);
  useEffect(() => {
    const made = chart.current;
    if (made === null || made.data === plan.data) return;
    made.setData(plan.data, true);
    plan.follow?.(made);
  }, [plan.data]);
  return { host, chart, index };
}

function createChart(plan: ChartPlan, element: HTMLElement, index: Signal<number | undefined>): uPlot {
  const options = plan.createOptions();
  const onCursor = (chart: uPlot): void => {
    index.value = chart.cursor.idx ?? undefined;
  };
  const hooks = { ...options.hooks, setCursor: [...(options.hooks?.setCursor ?? []), onCursor] };
  const size = { width: Math.max(200, element.clientWidth), height: plan.height };
  return new uPlot({ ...options, ...size, hooks }, plan.data, element);
}
