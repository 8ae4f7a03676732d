import { HttpUser, LoadTestShape } from '@loadts/core';

const MARK = Symbol.for('loadts.task');

/** As a compiled decorator does. */
function addTask(userClass: typeof HttpUser): void {
  const value = Object.assign(() => {}, { [MARK]: { weight: 1 } });
  Object.defineProperty(userClass.prototype, 'work', { value });
}

export class Browser extends HttpUser {
  static override readonly abstract = false;
}
export class Buyer extends HttpUser {
  static override readonly abstract = false;
}
export class Guest extends HttpUser {
  static override readonly abstract = false;
}
for (const userClass of [Browser, Buyer, Guest]) addTask(userClass);

export class Steps extends LoadTestShape {
  tick(): null {
    return null;
  }
}
