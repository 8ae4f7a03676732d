import type { HeatMapData } from '@loadts/core';
import type uPlot from 'uplot';
import { mixScale, readColor } from './chart-colors.ts';

const ROW_FACTOR = 10 ** (1 / 12);
const SHADES = 24;

/** Paints a cell for each row of each column that is in view. */
export function drawHeat(chart: uPlot, { columns, limitsMs, spanSeconds }: HeatMapData): void {
  const { ctx, bbox, scales } = chart;
  const most = largestCount(columns);
  const shades = createShades();
  const tops = limitsMs.map((limit) => Math.round(chart.valToPos(limit, 'y', true)));
  const floor = Math.round(chart.valToPos((limitsMs[0] ?? 1) / ROW_FACTOR, 'y', true));
  const [min, max] = [scales['x']?.min ?? 0, scales['x']?.max ?? 0];
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const [index, column] of columns.entries()) {
    const from = index * spanSeconds;
    if (from + spanSeconds < min || from > max) continue;
    const left = Math.round(chart.valToPos(from, 'x', true));
    const width = Math.max(1, Math.round(chart.valToPos(from + spanSeconds, 'x', true)) - left);
    for (let i = 0; i < column.length; i += 2) {
      const row = column[i] as number;
      const bottom = row === 0 ? floor : (tops[row - 1] as number);
      // The root makes rare slow requests visible beside many fast ones.
      const share = Math.sqrt((column[i + 1] as number) / most);
      ctx.fillStyle = shades[Math.round(share * (SHADES - 1))] as string;
      ctx.fillRect(left, tops[row] as number, width, bottom - (tops[row] as number));
    }
  }
  ctx.restore();
}

function createShades(): string[] {
  const scale = [readColor('heat-0'), readColor('heat-1'), readColor('heat-2'), readColor('heat-3')];
  return Array.from({ length: SHADES }, (_, shade) => mixScale(scale, shade / (SHADES - 1)));
}

function largestCount(columns: readonly (readonly number[])[]): number {
  let most = 1;
  for (const column of columns) {
    for (let i = 1; i < column.length; i += 2) most = Math.max(most, column[i] as number);
  }
  return most;
}
