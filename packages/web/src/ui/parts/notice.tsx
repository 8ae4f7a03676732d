import type { ComponentChildren, JSX } from 'preact';
import { Icon } from '../../parts/icon.tsx';
import './notice.css';

export interface NoticeProps {
  readonly tone: 'bad' | 'warn' | 'calm';
  readonly text: string;
  readonly hint?: string | undefined;
  /** What can be done about it. */
  readonly children?: ComponentChildren;
}

/** Something that a person has to know now. */
export function Notice({ tone, text, hint, children }: NoticeProps): JSX.Element {
  return (
    <div class="notice" data-tone={tone} role={tone === 'calm' ? 'status' : 'alert'}>
      <Icon name="warning" size={18} />
      <div class="notice-text">
        <p>{text}</p>
        {hint !== undefined && <p class="notice-hint">{hint}</p>}
      </div>
      {children}
    </div>
  );
}
