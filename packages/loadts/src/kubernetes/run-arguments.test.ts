import { describe, expect, it } from 'vitest';
import { CLUSTER_OPTIONS, PASSED_OPTIONS } from '../config/kubernetes-options.ts';
import { longFlag, optionKey } from '../config/option.ts';
import { runArguments } from './run-arguments.ts';

describe('runArguments', () => {
  it('takes each option from the first layer that sets it, in the order of --help', () => {
    const layers = [
      { values: { spawnRate: '5', users: undefined } },
      { values: { users: 10, spawnRate: 7, host: null } },
    ];
    expect(runArguments(PASSED_OPTIONS, layers)).toEqual(['--users=10', '--spawn-rate=5']);
  });

  it('writes lists and switches as the command line reads them', () => {
    const values = {
      class: ['Shopper', 'Admin'],
      threshold: ['p95 < 1s', 'errors < 1%'],
      insecure: true,
      debug: false,
    };
    expect(runArguments(PASSED_OPTIONS, [{ values }])).toEqual([
      '--class=Shopper,Admin',
      '--threshold=p95 < 1s',
      '--threshold=errors < 1%',
      '--insecure',
      '--debug=false',
    ]);
  });

  it('leaves no variable for Kubernetes to replace', () => {
    const values = { waitForMatch: 'is $(NAME) ready, for $5' };
    expect(runArguments(PASSED_OPTIONS, [{ values }])).toEqual([
      '--wait-for-match=is $$(NAME) ready, for $5',
    ]);
  });

  it('passes every option of the run and of the master that fits, and no secret', () => {
    const passed = PASSED_OPTIONS.map(longFlag);
    const kept = CLUSTER_OPTIONS.map(longFlag).filter((flag) => !passed.includes(flag));
    expect(
      kept.filter((flag) => !/--(workers|image|name|namespace|script|reports|worker)/.test(flag)),
    ).toEqual(['--token', '--token-file', '--tls-cert', '--tls-key', '--tls-ca']);
    const values = Object.fromEntries(PASSED_OPTIONS.map((option) => [optionKey(option), 'x']));
    expect(runArguments(PASSED_OPTIONS, [{ values }])).toEqual(
      PASSED_OPTIONS.map((option) => `${longFlag(option)}=x`),
    );
  });
});
