import type { UserClass } from './user-class.ts';

/** The host that all classes name, where they agree. */
export function sharedHost(classes: readonly Pick<UserClass, 'host'>[]): string | undefined {
  const [host, ...others] = new Set(classes.map((userClass) => userClass.host));
  return others.length === 0 ? host : undefined;
}
