import type { WhenBusy } from '@loadts/core';
import { describe, expect, it } from 'vitest';
import { ArrivalDesk } from './arrival-desk.ts';
import type { ArrivalSeat } from './arrival-seat.ts';

/** A desk whose users take their seat at once, and ask for arrivals when a test says so. */
function createDesk(maxUsers: number, whenBusy: WhenBusy = 'drop', classes = 1) {
  const seats: ArrivalSeat[] = [];
  const desk: ArrivalDesk = new ArrivalDesk({
    classes,
    startUser: (classIndex) => seats.push(desk.sit(classIndex)),
  });
  desk.configure({ maxUsers, whenBusy });
  const counts = () => {
    const { asked, started, dropped, left } = desk.takeCounts();
    return { asked, started, dropped, left };
  };
  return { desk, seats, counts };
}

/** A user that is free, and notes for which arrivals it runs. */
function follow(seat: ArrivalSeat | undefined) {
  const times: (number | 'end')[] = [];
  const run = async (): Promise<void> => {
    times.push((await seat?.next()) ? (seat as ArrivalSeat).takeIntended(-1) : 'end');
  };
  return { times, run };
}

const NONE = { asked: 0, started: 0, dropped: 0, left: 0 };

describe('an arrival', () => {
  it('starts a user where none is free, and waits until that one is ready', async () => {
    const { desk, seats, counts } = createDesk(2);
    desk.arrive(0, 100);
    expect([seats.length, counts()]).toEqual([1, { ...NONE, asked: 1 }]);
    const user = follow(seats[0]);
    await user.run();
    expect([user.times, counts()]).toEqual([[100], { ...NONE, started: 1 }]);
  });

  it('takes the free user that came last', async () => {
    const { desk, seats } = createDesk(2);
    desk.arrive(0, 100);
    desk.arrive(0, 200);
    const users = seats.map(follow);
    for (const user of users) await user.run();
    const waiting = users.map(({ run }) => run());
    desk.arrive(0, 300);
    await waiting[1];
    expect(users.map(({ times }) => times)).toEqual([[100], [200, 300]]);
    expect(seats).toHaveLength(2);
  });

  it('is dropped and counted where every user is busy and no more may be', async () => {
    const { desk, seats, counts } = createDesk(1);
    desk.arrive(0, 100);
    await follow(seats[0]).run();
    desk.arrive(0, 200);
    expect([seats.length, counts()]).toEqual([1, { asked: 2, started: 1, dropped: 1, left: 0 }]);
  });

  it('waits for a user under queue, with its own time, in turn', async () => {
    const { desk, seats, counts } = createDesk(1, 'queue');
    for (const time of [100, 200, 300]) desk.arrive(0, time);
    const user = follow(seats[0]);
    for (let i = 0; i < 3; i++) await user.run();
    expect(user.times).toEqual([100, 200, 300]);
    expect(counts()).toEqual({ ...NONE, asked: 3, started: 3 });
  });

  it('that still waits at the end of the load never starts, and is counted', async () => {
    const { desk, seats, counts } = createDesk(1, 'queue');
    for (const time of [100, 200, 300]) desk.arrive(0, time);
    const user = follow(seats[0]);
    await user.run();
    desk.close();
    desk.arrive(0, 400);
    await user.run();
    expect(user.times).toEqual([100, 'end']);
    expect(counts()).toEqual({ ...NONE, asked: 3, started: 1, left: 2 });
  });

  it('is dropped where its user ends before it could begin', () => {
    const { desk, seats, counts } = createDesk(1);
    desk.arrive(0, 100);
    seats[0]?.close();
    expect(counts()).toEqual({ ...NONE, asked: 1, dropped: 1 });
    desk.arrive(0, 200);
    expect(seats).toHaveLength(2);
  });

  it('finds the most that waited at once', async () => {
    const { desk, seats } = createDesk(1, 'queue');
    for (const time of [100, 200, 300]) desk.arrive(0, time);
    expect(desk.takeCounts().queuedMost).toBe(2);
    const user = follow(seats[0]);
    for (let i = 0; i < 3; i++) await user.run();
    expect(desk.takeCounts().queuedMost).toBe(2);
    expect(desk.takeCounts().queuedMost).toBe(0);
  });
});

describe('a user', () => {
  it('ends where it waits and is told to', async () => {
    const { desk, seats } = createDesk(1);
    desk.arrive(0, 100);
    const user = follow(seats[0]);
    await user.run();
    const waiting = user.run();
    seats[0]?.close();
    await waiting;
    expect(user.times).toEqual([100, 'end']);
  });

  it('runs the arrival that it was just given, although it is told to end', async () => {
    const { desk, seats, counts } = createDesk(1);
    desk.arrive(0, 100);
    const user = follow(seats[0]);
    await user.run();
    const waiting = user.run();
    desk.arrive(0, 200);
    seats[0]?.close();
    await waiting;
    expect([user.times, counts()]).toEqual([[100, 200], { ...NONE, asked: 2, started: 2 }]);
  });

  it('has the time of arrival for its first request only', async () => {
    const { desk, seats } = createDesk(1);
    desk.arrive(0, 100);
    await seats[0]?.next();
    expect([seats[0]?.takeIntended(150), seats[0]?.takeIntended(160)]).toEqual([100, 160]);
  });

  it('of one class gives its place to a class that has none left', async () => {
    const { desk, seats, counts } = createDesk(1, 'drop', 2);
    desk.arrive(0, 100);
    const first = follow(seats[0]);
    await first.run();
    const waiting = first.run();
    desk.arrive(1, 200);
    await waiting;
    const second = follow(seats[1]);
    await second.run();
    expect([first.times, second.times]).toEqual([[100, 'end'], [200]]);
    expect(counts()).toEqual({ ...NONE, asked: 2, started: 2 });
  });

  it('gives its place to a class whose arrivals wait', async () => {
    const { desk, seats } = createDesk(1, 'queue', 2);
    desk.arrive(0, 100);
    desk.arrive(1, 200);
    const first = follow(seats[0]);
    await first.run();
    await first.run();
    const second = follow(seats[1]);
    await second.run();
    expect([first.times, second.times]).toEqual([[100, 'end'], [200]]);
  });
});

describe('a desk that may have fewer users than it has', () => {
  it('ends those that wait at once and the others after their iteration', async () => {
    const { desk, seats } = createDesk(3);
    for (const time of [100, 200, 300]) desk.arrive(0, time);
    const users = seats.map(follow);
    for (const user of users) await user.run();
    const waiting = users.slice(0, 2).map(({ run }) => run());
    desk.configure({ maxUsers: 1, whenBusy: 'drop' });
    await Promise.all(waiting);
    expect(users.map(({ times }) => times)).toEqual([[100, 'end'], [200, 'end'], [300]]);
    const last = users[2]?.run();
    desk.arrive(0, 400);
    await last;
    expect(users[2]?.times).toEqual([300, 400]);
  });
});
