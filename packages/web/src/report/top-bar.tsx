import type { ReportData } from '@loadts/core';
import type { JSX } from 'preact';
import { formatDate, formatDuration } from '../format/format-time.ts';
import { Icon } from '../parts/icon.tsx';
import { Logo } from '../parts/logo.tsx';
import type { ThemeSwitch } from '../theme/theme.ts';
import { ThemeToggle } from '../theme/theme-toggle.tsx';
import './top-bar.css';

export interface TopBarProps {
  readonly run: ReportData;
  readonly theme: ThemeSwitch;
  /** Titles of the page's sections by their ids. */
  readonly sections: Readonly<Record<string, string>>;
}

export function TopBar({ run, theme, sections }: TopBarProps): JSX.Element {
  return (
    <>
      <header class="title">
        <p class="title-product">
          <Logo />
          loadts <span class="muted">run report</span>
        </p>
        <h1 class="mono">{run.script}</h1>
        <p class="title-facts">
          {run.host !== undefined && <span class="mono">{run.host}</span>}
          <time dateTime={run.startedAt}>{formatDate(run.startedAt)}</time>
          <span>{formatDuration(run.durationSeconds)}</span>
        </p>
      </header>
      <nav class="top-bar screen-only" aria-label="Sections">
        <ul>
          {Object.entries(sections).map(([id, name]) => (
            <li key={id}>
              <a href={`#${id}`}>{name}</a>
            </li>
          ))}
        </ul>
        <div class="top-bar-tools">
          <button type="button" class="button is-quiet" aria-label="Print" onClick={() => print()}>
            <Icon name="print" size={16} />
            <span class="tool-word">Print</span>
          </button>
          <ThemeToggle switch={theme} />
        </div>
      </nav>
    </>
  );
}
