interface Counted {
  count: number;
}

/** Kinds that one interval tells apart, so that a target that fails in ever new ways cannot fill the memory. */
const MAX_KINDS = 200;

/** Counts events by kind; past `MAX_KINDS` they are counted under `other`. */
export class KindCounter<Kind extends Counted> {
  #kinds = new Map<string, Kind>();

  /** @param create makes the kind's record, only for its first event */
  add(id: string, create: () => Kind, createOther: () => Kind): void {
    const fits = this.#kinds.has(id) || this.#kinds.size < MAX_KINDS;
    const key = fits ? id : '(other)';
    const known = this.#kinds.get(key);
    if (known) known.count++;
    else this.#kinds.set(key, fits ? create() : createOther());
  }

  /** The kinds so far, and forgets them. */
  take(): Kind[] {
    const kinds = [...this.#kinds.values()];
    this.#kinds = new Map();
    return kinds;
  }
}
