import type uPlot from 'uplot';
import { readColor, withOpacity } from './chart-colors.ts';

/** A moment that is worth a line in the charts. */
export interface EventMark {
  readonly second: number;
  readonly text: string;
  readonly isBad: boolean;
}

/** A stretch of the run with a name. */
export interface Stage {
  readonly name: string;
  readonly fromSecond: number;
  readonly toSecond: number;
}

export const LABEL_ROOM = 4;

/** Every second stage is shaded; each has its name at the top where there is room. */
export function drawStages(chart: uPlot, stages: readonly Stage[]): void {
  const { ctx, bbox } = chart;
  ctx.save();
  clip(chart);
  ctx.font = `${10 * devicePixelRatio}px ${getComputedStyle(document.body).fontFamily}`;
  ctx.textBaseline = 'top';
  ctx.textAlign = 'left';
  const [shade, text] = [withOpacity(readColor('text-3'), 0.07), readColor('text-3')];
  for (const [index, { name, fromSecond, toSecond }] of stages.entries()) {
    const left = Math.max(bbox.left, chart.valToPos(fromSecond, 'x', true));
    const right = Math.min(bbox.left + bbox.width, chart.valToPos(toSecond, 'x', true));
    const room = right - left - 2 * LABEL_ROOM * devicePixelRatio;
    if (room <= 0) continue;
    ctx.fillStyle = shade;
    if (index % 2 === 0) ctx.fillRect(left, bbox.top, right - left, bbox.height);
    ctx.fillStyle = text;
    const at = LABEL_ROOM * devicePixelRatio;
    if (ctx.measureText(name).width < room) ctx.fillText(name, left + at, bbox.top + at);
  }
  ctx.restore();
}

/** A dashed line with a small flag for each event. */
export function drawMarks(chart: uPlot, marks: readonly EventMark[]): void {
  const { ctx, bbox } = chart;
  ctx.save();
  clip(chart);
  const size = 4 * devicePixelRatio;
  for (const { second, isBad } of marks) {
    const x = Math.round(chart.valToPos(second, 'x', true)) + 0.5;
    const color = readColor(isBad ? 'series-fail' : 'text-3');
    ctx.strokeStyle = withOpacity(color, 0.7);
    ctx.fillStyle = color;
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.beginPath();
    ctx.moveTo(x - size, bbox.top);
    ctx.lineTo(x + size, bbox.top);
    ctx.lineTo(x, bbox.top + 1.4 * size);
    ctx.fill();
  }
  ctx.restore();
}

/** Nothing is drawn outside of the plot. */
export function clip({ ctx, bbox }: uPlot): void {
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
}

/** The mark that a cursor at `second` means, if it is close enough. */
export function nearestMark(
  marks: readonly EventMark[],
  second: number,
  times: readonly number[],
): EventMark | undefined {
  const reach = Math.max(1, ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 100);
  const byDistance = marks.toSorted((a, b) => Math.abs(a.second - second) - Math.abs(b.second - second));
  return byDistance.find((mark) => Math.abs(mark.second - second) <= reach);
}
