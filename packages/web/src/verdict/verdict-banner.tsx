import type { Verdict, VerdictKind } from '@loadts/core';
import type { JSX } from 'preact';
import { Icon, type IconName } from '../parts/icon.tsx';
import './verdict.css';

interface Wording {
  readonly word: string;
  readonly icon: IconName;
  readonly says: string;
}

const WORDINGS: Readonly<Record<VerdictKind, Wording>> = {
  pass: { word: 'Passed', icon: 'check', says: 'Everything that was asked of this run holds.' },
  fail: { word: 'Failed', icon: 'cross', says: 'The target did not do what was asked of it.' },
  invalid: {
    word: 'Invalid',
    icon: 'warning',
    says: 'The load generator itself was the limit, so these times prove nothing about the target.',
  },
  incomplete: {
    word: 'Incomplete',
    icon: 'warning',
    says: 'What was collected passed, but not everything was collected.',
  },
};

/** What decides over a run, in one word, with the reasons. */
export function VerdictBanner({ verdict }: { readonly verdict: Verdict }): JSX.Element {
  const { word, icon, says } = WORDINGS[verdict.kind];
  return (
    <div class="verdict" data-kind={verdict.kind}>
      <span class="verdict-icon">
        <Icon name={icon} size={24} />
      </span>
      <div>
        <p class="verdict-word">{word}</p>
        <p class="verdict-says">{says}</p>
      </div>
      {verdict.reasons.length > 0 && (
        <ul class="verdict-reasons" aria-label="Reasons">
          {verdict.reasons.map((reason) => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
