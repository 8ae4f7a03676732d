import { render } from 'preact';
import '../theme/tokens.css';
import '../theme/base.css';
import '../theme/layout.css';
import { createThemeSwitch } from '../theme/theme.ts';
import { App } from './app.tsx';
import { LiveStore } from './live/live-store.ts';
import { keepTheme } from './parts/keep-theme.ts';

const theme = createThemeSwitch(document.documentElement);
keepTheme(theme);
const store = new LiveStore();
store.connect();
render(<App store={store} theme={theme} />, document.querySelector('#ui') as HTMLElement);
