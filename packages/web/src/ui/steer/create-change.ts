import type { LoadView, RateRequest, UsersRequest } from '@loadts/protocol';

/** What stands in the dialog, as it was typed. */
export interface Change {
  readonly users: string;
  readonly spawnRate: string;
  readonly rate: string;
  readonly maxUsers: string;
}

/** What the server is asked for. */
export type LoadChange =
  | { readonly kind: 'users'; readonly request: UsersRequest }
  | { readonly kind: 'rate'; readonly request: RateRequest };

/** What has an empty field stays as it is. Throws where a text is no number; what it must be, the server says. */
export function createChange({ model }: Pick<LoadView, 'model'>, typed: Change): LoadChange {
  if (model === 'open') {
    return {
      kind: 'rate',
      request: {
        ...number('rate', typed.rate, 'arrival rate'),
        ...number('maxUsers', typed.maxUsers, 'most users'),
      },
    };
  }
  const isAll = typed.spawnRate.trim() === 'all';
  return {
    kind: 'users',
    request: {
      ...number('users', typed.users, 'users'),
      ...(isAll ? { spawnRate: 'all' } : number('spawnRate', typed.spawnRate, 'spawn rate')),
    },
  };
}

function number(name: string, text: string, label: string): Record<string, number> {
  const value = text.trim();
  if (value === '') return {};
  if (!Number.isFinite(Number(value))) throw new Error(`${label}: "${value}" is not a number`);
  return { [name]: Number(value) };
}
