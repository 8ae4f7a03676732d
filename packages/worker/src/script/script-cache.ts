import type { ScriptCode } from './load-script.ts';

/** Scripts that this process has had, so that none has to be sent twice. */
const MAX_SCRIPTS = 4;
/** Of all of them together, in UTF-16 units. */
const MAX_LENGTH: number = 64 * 1024 * 1024;

/** Scripts by their hash; the one that was not wanted for longest goes first. */
export class ScriptCache {
  readonly #scripts = new Map<string, ScriptCode>();

  get(hash: string): ScriptCode | undefined {
    const script = this.#scripts.get(hash);
    if (script) this.add(script);
    return script;
  }

  /** @param script whose hash was verified */
  add(script: ScriptCode): void {
    this.#scripts.delete(script.hash);
    this.#scripts.set(script.hash, script);
    while (this.#scripts.size > MAX_SCRIPTS || this.#length > MAX_LENGTH) {
      const [oldest] = this.#scripts.keys();
      this.#scripts.delete(oldest as string);
    }
  }

  get #length(): number {
    return [...this.#scripts.values()].reduce((sum, { code }) => sum + code.length, 0);
  }
}
