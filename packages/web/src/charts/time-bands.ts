import type uPlot from 'uplot';
import { readColor } from './chart-colors.ts';
import { clip, LABEL_ROOM, type Stage } from './time-marks.ts';

const THICKNESS = 3;

/** A bar along the bottom for each, with its name where there is room. */
export function drawBands(chart: uPlot, bands: readonly Stage[]): void {
  const { ctx, bbox } = chart;
  const scale = devicePixelRatio;
  ctx.save();
  clip(chart);
  ctx.font = `${10 * scale}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'left';
  ctx.strokeStyle = readColor('surface');
  ctx.lineWidth = 3 * scale;
  const bottom = bbox.top + bbox.height;
  const room = LABEL_ROOM * scale;
  for (const { name, fromSecond, toSecond } of bands) {
    const left = Math.max(bbox.left, chart.valToPos(fromSecond, 'x', true));
    const right = Math.min(bbox.left + bbox.width, chart.valToPos(toSecond, 'x', true));
    if (right <= left) continue;
    ctx.fillStyle = readColor('accent');
    ctx.fillRect(left, bottom - THICKNESS * scale, right - left, THICKNESS * scale);
    ctx.fillStyle = readColor('text-3');
    if (ctx.measureText(name).width < right - left - 2 * room) {
      const at = [left + room, bottom - (THICKNESS + 1) * scale] as const;
      // Lines of the chart may run through it.
      ctx.strokeText(name, ...at);
      ctx.fillText(name, ...at);
    }
  }
  ctx.restore();
}
