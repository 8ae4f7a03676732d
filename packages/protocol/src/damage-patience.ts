/** A message that is wrong so often was not damaged on its way. */
const MAX_IN_A_ROW = 3;

/** Judges whether a message that cannot be right shall be sent again on a new connection. */
export class DamagePatience {
  #received = -1;
  #inARow = 0;

  /** @param received numbered messages before it: where they grow, the connections serve their purpose */
  bears(received: number): boolean {
    if (received !== this.#received) this.#inARow = 0;
    this.#received = received;
    this.#inARow++;
    return this.#inARow <= MAX_IN_A_ROW;
  }
}
