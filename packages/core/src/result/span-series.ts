/** Points kept of a series; an hour at full resolution. */
export const MAX_POINTS = 3_600;

export interface SpanSeriesOptions<Point> {
  /** Makes one point of two neighbours, the earlier one first, or of two of the same span. */
  readonly merge: (earlier: Point, later: Point) => Point;
  readonly maxPoints?: number;
}

/** A run second by second, at a bounded length: past it, two neighbours become one, again and again. */
export class SpanSeries<Point> {
  readonly #merge: (earlier: Point, later: Point) => Point;
  readonly #maxPoints: number;
  #spanSeconds = 1;
  #points: (Point | undefined)[] = [];

  constructor({ merge, maxPoints = MAX_POINTS }: SpanSeriesOptions<Point>) {
    this.#merge = merge;
    this.#maxPoints = maxPoints;
  }

  /** Seconds that one point stands for. */
  get spanSeconds(): number {
    return this.#spanSeconds;
  }

  /** From the run's start; undefined where there was nothing. */
  get points(): readonly (Point | undefined)[] {
    return this.#points;
  }

  /** What is late joins the span that it belongs to. */
  add(second: number, point: Point): void {
    while (second >= this.#maxPoints * this.#spanSeconds) this.widen();
    const index = Math.floor(second / this.#spanSeconds);
    while (this.#points.length <= index) this.#points.push(undefined);
    this.#points[index] = this.#join(this.#points[index], point);
  }

  /** Makes spans twice as long. */
  widen(): void {
    const older = this.#points;
    this.#spanSeconds *= 2;
    this.#points = [];
    for (let i = 0; i < older.length; i += 2) this.#points.push(this.#join(older[i], older[i + 1]));
  }

  #join(earlier: Point | undefined, later: Point | undefined): Point | undefined {
    if (earlier === undefined || later === undefined) return earlier ?? later;
    return this.#merge(earlier, later);
  }
}

/** The points of a whole run of that length, with `empty` where there was nothing. */
export function fillSpans<Point, Empty>(
  { points, spanSeconds }: Pick<SpanSeries<Point>, 'points' | 'spanSeconds'>,
  seconds: number,
  empty: Empty,
): (Point | Empty)[] {
  const length = Math.max(points.length, Math.ceil(seconds / spanSeconds));
  return Array.from({ length }, (_, i) => points[i] ?? empty);
}
