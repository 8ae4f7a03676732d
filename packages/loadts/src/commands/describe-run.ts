import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { formatThreshold, type Machine } from '@loadts/core';
import type { RunRecorderOptions } from '@loadts/master';
import { PACKAGE_VERSION } from '@loadts/protocol';
import { allowedCores } from '../config/allowed-cores.ts';
import { classFacts } from '../script/class-facts.ts';
import type { RunIdentity } from './create-run-settings.ts';
import { describeOptions } from './describe-options.ts';
import type { PreparedRun } from './prepare-run.ts';

/** What the record of a run begins with. */
export function describeRun(
  prepared: PreparedRun,
  { script, seed }: RunIdentity,
): RunRecorderOptions['facts'] {
  const { config, bundle, classes } = prepared;
  return {
    id: createRunId(new Date()),
    script,
    scriptHash: bundle.hash,
    host: config.host,
    seed,
    options: describeOptions(prepared),
    thresholdTexts: config.thresholds.map(formatThreshold),
    master: describeMachine(),
    classes: classFacts(classes),
  };
}

/** Sortable by time, with an end that no other run has: `20261121-140322-9f3a1c`. */
function createRunId(now: Date): string {
  const [day = '', time = ''] = now.toISOString().replace(/[-:]/g, '').split(/[T.]/);
  return `${day}-${time}-${randomBytes(3).toString('hex')}`;
}

function describeMachine(): Machine {
  return {
    hostname: hostname(),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    loadts: PACKAGE_VERSION,
    cores: allowedCores(),
  };
}
