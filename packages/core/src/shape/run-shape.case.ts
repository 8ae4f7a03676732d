import { bindShape, type ShapeConstructor, type ShapeTick } from './load-test-shape.ts';

/** What a shape asks for at this second of its run. */
export function tickAt(create: ShapeConstructor, seconds: number, currentUsers = 0): ShapeTick | null {
  const shape = new create();
  bindShape(shape, { runTimeSeconds: () => seconds, currentUserCount: () => currentUsers });
  return shape.tick();
}

/** How many users there are at the end of each second, where the run keeps to what the shape asks for. */
export function followShape(create: ShapeConstructor): number[] {
  const users: number[] = [];
  let current = 0;
  for (let second = 0; ; second++) {
    const tick = tickAt(create, second, current);
    if (!tick) return users;
    const change = tick.users - current;
    current += Math.sign(change) * Math.min(Math.abs(change), tick.spawnRate);
    users.push(Math.round(current));
  }
}
