/** The head of a response as it came: taken apart when somebody asks. */
export interface RawHead {
  readonly statusText: string;
  /** Header lines. */
  readonly count: number;
  /** HOT: false where no line has this name, as far as that is known without a look at them. @param name in lower case */
  mayHave(name: string): boolean;
  /** Whether line `index` has this name. @param name in lower case */
  isNamed(index: number, name: string): boolean;
  /** As the server wrote it. */
  name(index: number): string;
  value(index: number): string;
}

const NONE: readonly string[] = [];

export const NO_HEAD: RawHead = {
  statusText: '',
  count: 0,
  mayHave: () => false,
  isNamed: () => false,
  name: () => '',
  value: () => '',
};

/** HOT: asked of each response. @param name in lower case */
export function hasHeader(head: RawHead, name: string): boolean {
  if (!head.mayHave(name)) return false;
  for (let i = 0; i < head.count; i++) if (head.isNamed(i, name)) return true;
  return false;
}

/** The values of one header, without parsing all of them. @param name in lower case */
export function findValues(head: RawHead, name: string): readonly string[] {
  let found = NONE;
  for (let i = 0; i < head.count; i++) {
    if (head.isNamed(i, name)) found = [...found, head.value(i)];
  }
  return found;
}

/** A head of which each name and value came as bytes of its own, as undici hands them over. */
export class ListedHead implements RawHead {
  readonly #list: readonly Buffer[];
  readonly statusText: string;

  /** @param list names and values in turn */
  constructor(list: readonly Buffer[], statusText = '') {
    this.#list = list;
    this.statusText = statusText;
  }

  get count(): number {
    return this.#list.length >> 1;
  }

  mayHave(): boolean {
    return true;
  }

  isNamed(index: number, name: string): boolean {
    const bytes = this.#list[2 * index] as Buffer;
    // Most differ in their length or their first letter.
    if (bytes.length !== name.length || ((bytes[0] as number) | 0x20) !== name.charCodeAt(0)) return false;
    return this.name(index).toLowerCase() === name;
  }

  name(index: number): string {
    return (this.#list[2 * index] as Buffer).toString('latin1');
  }

  value(index: number): string {
    return (this.#list[2 * index + 1] as Buffer).toString('latin1').trim();
  }
}
