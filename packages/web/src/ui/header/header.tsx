import type { StateView } from '@loadts/protocol';
import type { JSX } from 'preact';
import { Logo } from '../../parts/logo.tsx';
import type { ThemeSwitch } from '../../theme/theme.ts';
import { ThemeToggle } from '../../theme/theme-toggle.tsx';
import { describePhase, NO_CONNECTION } from './phase.ts';
import { type Attempt, RunButtons } from './run-buttons.tsx';
import './header.css';

export interface HeaderProps {
  readonly state: StateView;
  readonly theme: ThemeSwitch;
  /** Without it, nobody knows how it stands, and nothing can be done about it. */
  readonly isConnected: boolean;
  readonly isForm: boolean;
  readonly attempt: Attempt;
  readonly onForm: (isWanted: boolean) => void;
}

/** What is tested, how it stands, and what can be done about it. Always in sight. */
export function Header({ state, theme, isConnected, isForm, attempt, onForm }: HeaderProps): JSX.Element {
  const { tone, word } = isConnected ? describePhase(state) : NO_CONNECTION;
  const nameStart = state.script.lastIndexOf('/') + 1;
  return (
    <header class="header">
      <div class="header-row">
        <p class="brand" title={`loadts ${state.version}`}>
          <Logo />
          <span class="brand-name">loadts</span>
        </p>
        <div class="header-what">
          <h1 class="mono" title={state.script}>
            <span class="header-folder">{state.script.slice(0, nameStart)}</span>
            {state.script.slice(nameStart)}
          </h1>
          {state.form.host !== null && <span class="header-host mono">{state.form.host}</span>}
        </div>
        <p class="phase" data-tone={tone} role="status">
          {word}
        </p>
        <div class="header-tools">
          {isConnected && <RunButtons state={state} isForm={isForm} attempt={attempt} onForm={onForm} />}
        </div>
        <ThemeToggle switch={theme} />
      </div>
    </header>
  );
}
