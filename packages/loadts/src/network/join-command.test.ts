import { describe, expect, it } from 'vitest';
import { describeJoinCommand } from './join-command.ts';

describe('describeJoinCommand', () => {
  it('names the address that was bound', () => {
    expect(describeJoinCommand({ bindHost: '10.0.0.5', port: 5_557, token: 'abc', hasTls: true })).toBe(
      'loadts worker --master-host 10.0.0.5 --master-port 5557 --token abc --tls-ca ca.pem',
    );
  });

  it('names an address of this machine where all are bound', () => {
    const command = describeJoinCommand({ bindHost: '0.0.0.0', port: 1, token: undefined, hasTls: false });
    expect(command).toMatch(/^loadts worker --master-host \S+ --master-port 1$/);
    expect(command).not.toContain('0.0.0.0');
  });
});
