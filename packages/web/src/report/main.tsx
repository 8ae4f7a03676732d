import { render } from 'preact';
import '../theme/tokens.css';
import '../theme/base.css';
import '../theme/layout.css';
import { createThemeSwitch } from '../theme/theme.ts';
import { readRun } from './read-run.ts';
import { ReportPage } from './report-page.tsx';

const theme = createThemeSwitch(document.documentElement);
const root = document.querySelector('#report') as HTMLElement;

const packed = document.querySelector('#run')?.textContent ?? '';

readRun(packed).then(
  (run) => render(<ReportPage run={run} theme={theme} />, root),
  (error: unknown) => {
    root.textContent = `This report cannot be shown: ${error instanceof Error ? error.message : String(error)}`;
  },
);
