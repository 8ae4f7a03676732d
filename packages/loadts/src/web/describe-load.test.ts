import { describe, expect, it } from 'vitest';
import { describeLoad } from './describe-load.ts';

describe('describeLoad', () => {
  it('names the model of a load, and who rules it', () => {
    const closed = { model: 'closed', users: 5, spawnRate: 2 } as const;
    expect(describeLoad({ load: closed, ruledBy: undefined })).toEqual({
      model: 'closed',
      users: 5,
      spawnRate: 2,
      rate: null,
      maxUsers: null,
      ruledBy: null,
    });
    expect(describeLoad({ load: closed, ruledBy: 'the shape Wave' })).toMatchObject({
      model: 'shape',
      ruledBy: 'the shape Wave',
    });
    expect(describeLoad({ load: { model: 'open', rate: 9, maxUsers: 3 }, ruledBy: undefined })).toMatchObject(
      {
        model: 'open',
        rate: 9,
        maxUsers: 3,
        users: null,
      },
    );
  });
});
