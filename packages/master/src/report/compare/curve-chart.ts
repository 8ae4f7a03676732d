import { formatMs } from '../format-number.ts';
import { xmlText } from '../junit/xml-text.ts';
import type { CurvePoint } from './percentile-curve.ts';

/** A named curve; its class decides over the colour. */
export interface Curve {
  readonly name: string;
  readonly className: string;
  readonly points: readonly CurvePoint[];
}

const WIDTH = 800;
const HEIGHT = 320;
const LEFT = 64;
const BOTTOM = 36;
const TOP = 12;
const TICKS: readonly (readonly [nines: number, title: string])[] = [
  [0, '0 %'],
  [Math.log10(2), '50 %'],
  [1, '90 %'],
  [2, '99 %'],
  [3, '99.9 %'],
  [4, '99.99 %'],
  [5, '99.999 %'],
];

/** Percentile curves over each other, as an SVG image: the more to the right, the rarer the request. */
export function curveChart(curves: readonly Curve[]): string {
  const points = curves.flatMap((curve) => curve.points);
  const most = Math.max(1, ...points.map(({ nines }) => nines));
  const slowest = Math.max(0.001, ...points.map(({ ms }) => ms));
  const x = (nines: number): number => LEFT + ((WIDTH - LEFT - 12) * nines) / most;
  const y = (ms: number): number => HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * ms) / slowest;
  const lines = curves.map(({ className, name, points: own }) => {
    const path = own.map(({ nines, ms }) => `${round(x(nines))},${round(y(ms))}`).join(' ');
    return `<polyline class="${className}" points="${path}"><title>${xmlText(name)}</title></polyline>`;
  });
  const grid = [0.25, 0.5, 0.75, 1].map((share) => {
    const at = round(y(share * slowest));
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - 12}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${formatMs(share * slowest)} ms</text>`;
  });
  const ticks = TICKS.filter(([nines]) => nines <= most).map(
    ([nines, title]) =>
      `<text x="${round(x(nines))}" y="${HEIGHT - 14}" text-anchor="middle">${title}</text>`,
  );
  const label = `Percentile curves of ${curves.map(({ name }) => name).join(' and ')}`;
  return `<svg role="img" aria-label="${xmlText(label)}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${grid.join('')}${ticks.join('')}${lines.join('')}</svg>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
