import type { SecondView, StateView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { Icon, type IconName } from '../../parts/icon.tsx';

export interface StandingProps {
  readonly second: SecondView | null;
  readonly phase: StateView['phase'];
}

type Verdict = SecondView['verdict']['kind'];

const WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Passing',
  fail: 'Failing',
  invalid: 'Invalid',
  incomplete: 'Undecided',
};

const FINAL_WORDS: Readonly<Record<Verdict, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  invalid: 'Invalid',
  incomplete: 'Incomplete',
};

const ICONS: Readonly<Record<Verdict, IconName>> = {
  pass: 'check',
  fail: 'cross',
  invalid: 'warning',
  incomplete: 'waiting',
};

/** The verdict if the run ended now, with a lamp for each threshold. */
export function Standing({ second, phase }: StandingProps): JSX.Element {
  const verdict = second?.verdict ?? { kind: 'incomplete' as const, reasons: [] };
  const reason = verdict.reasons.find((text) => !isLampText(text, second));
  const words = phase === 'stopped' ? FINAL_WORDS : WORDS;
  return (
    <div class="standing">
      <p class="standing-verdict" data-kind={verdict.kind} role="status">
        <Icon name={ICONS[verdict.kind]} size={16} />
        <span class="visually-hidden">Verdict{phase === 'stopped' ? '' : ' so far'}: </span>
        {words[verdict.kind]}
      </p>
      {second !== null && second.thresholds.length > 0 && (
        <ul class="lamps" aria-label="Thresholds">
          {second.thresholds.map((threshold) => (
            <Lamp key={threshold.text} threshold={threshold} />
          ))}
        </ul>
      )}
      {reason !== undefined && <p class="standing-reason">{reason}</p>}
    </div>
  );
}

/** Whether a lamp says it already. */
function isLampText(reason: string, second: SecondView | null): boolean {
  return second?.thresholds.some(({ text }) => reason.includes(text)) ?? false;
}

function Lamp({ threshold }: { readonly threshold: SecondView['thresholds'][number] }): JSX.Element {
  const { text, passed, reason } = threshold;
  const state = passed === null ? 'open' : passed ? 'pass' : 'fail';
  const word = { open: 'not judged yet', pass: 'holds', fail: 'fails' }[state];
  return (
    <li class="lamp" data-state={state} title={reason}>
      <Icon name={state === 'open' ? 'waiting' : state === 'pass' ? 'check' : 'cross'} size={14} />
      <code>{text}</code>
      <span class="visually-hidden">{word}</span>
    </li>
  );
}
