import type { JSX } from 'preact';

export function Logo(): JSX.Element {
  return (
    <svg width="18" height="18" viewBox="0 0 18 18" aria-hidden="true">
      <path
        d="M2 15V9.5M6.7 15V3M11.3 15V7M16 15V5"
        stroke="var(--accent)"
        stroke-width="2.6"
        stroke-linecap="round"
      />
    </svg>
  );
}
