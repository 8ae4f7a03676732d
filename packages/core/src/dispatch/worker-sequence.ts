/** The part of a class sequence that the workers' sequence builds on. */
interface Classes {
  classOf(position: number): number;
  limit(users: number): number;
}

/** Users that must all run on different workers, by worker. */
type Group = (Seat | undefined)[];

interface Seat {
  readonly position: number;
  readonly round: Group;
  readonly turn: Group;
  worker: number;
}

/** How far back a later user may still send an earlier one to another worker: whichever of these is more. */
const OPEN_ROUNDS = 128;
const OPEN_USERS = 2_048;

/**
 * Which worker the first, second, third ... user runs on, while the workers fill up from empty. A round is as many
 * users as there are workers, a turn as many users of one class; both go to different workers each. So at every
 * length the workers' totals are within 1 of each other, and so are their users of each class.
 *
 * In other words: users are edges between their round and their turn, workers are the edges' colours, and a bipartite
 * graph can always be coloured so (König 1916). A user that finds no worker free in both swaps two workers along a
 * chain of earlier users. Those far back are settled, which makes the sequence the same however far it is looked at;
 * should a chain need one of them, which is very rare, a class is 2 apart until a later user fills the gap.
 */
export class WorkerSequence {
  /** Number of workers. */
  readonly count: number;
  readonly #classes: Classes;
  readonly #open: number;
  readonly #seats: Seat[] = [];
  /** Turns with free workers, by class, oldest first. */
  readonly #turns: Group[][] = [];
  #round: Group = [];

  constructor(count: number, classes: Classes) {
    this.count = count;
    this.#classes = classes;
    this.#open = Math.max(OPEN_USERS, OPEN_ROUNDS * count);
  }

  /** @param position 0-based, below the classes' `limit` */
  workerOf(position: number): number {
    const length = this.#classes.limit(position + 1 + this.#open);
    while (this.#seats.length < length) this.#seatNext();
    return (this.#seats[position] as Seat).worker;
  }

  #seatNext(): void {
    const position = this.#seats.length;
    if (position % this.count === 0) this.#round = this.#createGroup();
    const turns = (this.#turns[this.#classes.classOf(position)] ??= []);
    let worker = -1;
    let nth = -1;
    while (worker < 0) {
      nth++;
      worker = this.#freeWorker(this.#round, (turns[nth] ??= this.#createGroup()));
    }
    const turn = turns[nth] as Group;
    const seat: Seat = { position, round: this.#round, turn, worker };
    this.#seats.push(seat);
    take(seat, worker);
    if (!turn.includes(undefined)) turns.splice(nth, 1);
  }

  #createGroup(): Group {
    return Array.from({ length: this.count }, () => undefined);
  }

  /** A worker that is free in both groups, if need be after a swap; -1 where settled users are in the way. */
  #freeWorker(round: Group, turn: Group): number {
    const inRound = round.indexOf(undefined);
    for (let worker = inRound; worker < this.count; worker++) {
      if (!round[worker] && !turn[worker]) return worker;
    }
    const inTurn = turn.indexOf(undefined);
    if (this.#swapAlong(turn, inRound, inTurn)) return inRound;
    return this.#swapAlong(round, inTurn, inRound) ? inTurn : -1;
  }

  /** Frees worker `taken` of a group by swapping it with `free` along the chain of users that this disturbs. */
  #swapAlong(start: Group, taken: number, free: number): boolean {
    const settled = this.#seats.length - this.#open;
    const chain: Seat[] = [];
    let group = start;
    for (let seat = group[taken]; seat; seat = group[chain.length % 2 === 0 ? taken : free]) {
      if (seat.position < settled) return false;
      chain.push(seat);
      group = seat.round === group ? seat.turn : seat.round;
    }
    for (const seat of chain) leave(seat);
    for (const seat of chain) take(seat, seat.worker === taken ? free : taken);
    return true;
  }
}

function leave({ round, turn, worker }: Seat): void {
  round[worker] = undefined;
  turn[worker] = undefined;
}

function take(seat: Seat, worker: number): void {
  seat.worker = worker;
  seat.round[worker] = seat;
  seat.turn[worker] = seat;
}
