import { xmlText } from '../junit/xml-text.ts';

export interface ChartPoint {
  readonly x: number;
  readonly y: number;
  /** Decides over the colour of its dot; none where there is no class. */
  readonly className?: string | undefined;
  readonly title?: string | undefined;
}

/** A named line; its class decides over the colour. */
export interface ChartLine {
  readonly name: string;
  readonly className: string;
  /** In the order in which they are joined. */
  readonly points: readonly ChartPoint[];
}

export interface LineChart {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly xTicks: readonly (readonly [x: number, text: string])[];
  readonly formatY: (y: number) => string;
  /** Where a vertical line is drawn, with its name. */
  readonly mark?: { readonly x: number; readonly text: string } | undefined;
}

const WIDTH = 800;
const HEIGHT = 320;
const LEFT = 84;
const RIGHT = 20;
const BOTTOM = 40;
const TOP = 24;

/** Lines over each other as an SVG image; both axes begin at 0. */
export function lineChart({ title, lines, xTicks, formatY, mark }: LineChart): string {
  const points = lines.flatMap((line) => line.points);
  const widest = Math.max(mark?.x ?? 0, ...points.map(({ x }) => x)) || 1;
  const yTicks = niceTicks(Math.max(0, ...points.map(({ y }) => y)));
  const highest = yTicks.at(-1) ?? 1;
  const atX = (x: number): number => round(LEFT + ((WIDTH - LEFT - RIGHT) * x) / widest);
  const atY = (y: number): number => round(HEIGHT - BOTTOM - ((HEIGHT - BOTTOM - TOP) * y) / highest);
  const grid = yTicks.map((y) => {
    const at = atY(y);
    return `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${at}" y2="${at}"/><text x="${LEFT - 8}" y="${at + 4}" text-anchor="end">${xmlText(formatY(y))}</text>`;
  });
  const ticks = xTicks
    .filter(([x]) => x <= widest)
    .map(([x, text]) => {
      // At the right end there is no room for the other half.
      const anchor = atX(x) > WIDTH - RIGHT - 30 ? 'end' : 'middle';
      return `<text x="${atX(x)}" y="${HEIGHT - 12}" text-anchor="${anchor}">${xmlText(text)}</text>`;
    });
  const drawn = lines.flatMap(({ name, className, points: own }) => [
    `<polyline class="${className}" points="${own.map(({ x, y }) => `${atX(x)},${atY(y)}`).join(' ')}"><title>${xmlText(name)}</title></polyline>`,
    ...own
      .filter((point) => point.className !== undefined)
      .map(
        (point) =>
          `<circle class="${point.className}" cx="${atX(point.x)}" cy="${atY(point.y)}" r="5"><title>${xmlText(point.title ?? name)}</title></circle>`,
      ),
  ]);
  const marked =
    mark === undefined
      ? ''
      : `<line class="mark" x1="${atX(mark.x)}" x2="${atX(mark.x)}" y1="${TOP}" y2="${HEIGHT - BOTTOM}"/><text x="${atX(mark.x)}" y="14" text-anchor="${atX(mark.x) > WIDTH / 2 ? 'end' : 'start'}">${xmlText(mark.text)}</text>`;
  return `<svg role="img" aria-label="${xmlText(title)}" viewBox="0 0 ${WIDTH} ${HEIGHT}">${grid.join('')}${ticks.join('')}${marked}${drawn.join('')}</svg>`;
}

/** What the colours of its lines mean. */
export function chartLegend(lines: readonly Pick<ChartLine, 'name' | 'className'>[]): string {
  const items = lines.map(({ name, className }) => `<li class="${className}">${xmlText(name)}</li>`);
  return `<ul class="legend">${items.join('')}</ul>`;
}

/** A time on an axis: `0`, `50 ms`, `1.5 s`. */
export function formatTick(ms: number): string {
  if (ms === 0) return '0';
  return ms < 1_000 ? `${ms} ms` : `${Number((ms / 1_000).toPrecision(6))} s`;
}

/** Four to seven round numbers from 0 to the most, or a little more. */
export function niceTicks(most: number): number[] {
  if (!(most > 0)) return [0, 1];
  const rough = most / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: count + 1 }, (_, i) => Number((i * step).toPrecision(6)));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
