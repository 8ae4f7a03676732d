import type { ScenarioSettings } from './run-settings.ts';

/** A scenario of one class of users that go on by themselves, for the whole run. */
export function sampleScenario(scenario: Partial<ScenarioSettings> = {}): ScenarioSettings {
  return {
    name: undefined,
    classes: [{ name: 'Visitor', weight: 1, fixedCount: 0 }],
    arrivals: undefined,
    startMs: 0,
    endMs: undefined,
    ...scenario,
  };
}
