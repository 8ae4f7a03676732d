import type { Socket } from 'node:net';

/** What a network does with the bytes of one direction. */
export interface Weather {
  /** Nothing gets through. */
  drops: boolean;
  delayMs: number;
  /** Infinity: as fast as it can. */
  bytesPerSecond: number;
  /** Messages that are still to be damaged. */
  damages: number;
}

export function createFairWeather(): Weather {
  return { drops: false, delayMs: 0, bytesPerSecond: Number.POSITIVE_INFINITY, damages: 0 };
}

const TICK_MS = 50;
/** Shorter ones are no whole message. */
const WORTH_DAMAGING = 20;

/** One direction of one connection. */
export class TcpFlow {
  readonly #to: Socket;
  readonly #weather: Weather;
  #waiting: Buffer[] = [];
  #timer: NodeJS.Timeout | undefined;
  /** What follows a gap means nothing any more. */
  #hasGap = false;

  constructor(from: Socket, to: Socket, weather: Weather) {
    this.#to = to;
    this.#weather = weather;
    from.on('data', (chunk: Buffer) => this.#take(chunk));
    from.on('close', () => clearTimeout(this.#timer));
  }

  #take(chunk: Buffer): void {
    this.#hasGap ||= this.#weather.drops;
    if (this.#hasGap) return;
    const { delayMs } = this.#weather;
    const bytes = this.#damage(chunk);
    if (delayMs > 0) setTimeout(() => this.#pass(bytes), delayMs);
    else this.#pass(bytes);
  }

  #damage(chunk: Buffer): Buffer {
    if (this.#weather.damages === 0 || chunk.length < WORTH_DAMAGING) return chunk;
    this.#weather.damages--;
    const damaged = Buffer.from(chunk);
    damaged.writeUInt8((damaged.at(-1) ?? 0) ^ 0xff, damaged.length - 1);
    return damaged;
  }

  #pass(bytes: Buffer): void {
    if (this.#waiting.length === 0 && !Number.isFinite(this.#weather.bytesPerSecond)) {
      this.#to.write(bytes);
      return;
    }
    this.#waiting.push(bytes);
    this.#timer ??= setTimeout(() => this.#trickle(), TICK_MS);
  }

  #trickle(): void {
    const bytes = Buffer.concat(this.#waiting);
    const some = Math.min(bytes.length, Math.ceil((this.#weather.bytesPerSecond * TICK_MS) / 1_000));
    if (some > 0) this.#to.write(bytes.subarray(0, some));
    this.#waiting = some < bytes.length ? [bytes.subarray(some)] : [];
    this.#timer = this.#waiting.length > 0 ? setTimeout(() => this.#trickle(), TICK_MS) : undefined;
  }
}
