/** The look of the pages that have no script: the colours and sizes are those of the HTML report. */
export const PAGE_STYLE = `
:root { color-scheme: light dark;
  --page: #f7f8fa; --surface: #fff; --line: #e4e7ec; --line-strong: #cdd2db;
  --text: #12151c; --text-2: #4d5563; --text-3: #636b7a; --accent: #4453d6;
  --pass: #0f7b53; --fail: #c62f3b; --warn: #955300; --warn-soft: #fdf3e1; --shadow: 0 1px 2px rgb(16 24 40 / 5%);
  --series-1: #4453d6; --series-2: #0d8f83; --series-3: #b45bc7; --base: #6b7484; }
@media (prefers-color-scheme: dark) { :root {
  --page: #0c0e13; --surface: #14171e; --line: #262b36; --line-strong: #3a4150;
  --text: #eef0f4; --text-2: #b3bac7; --text-3: #929aa9; --accent: #8c9aff;
  --pass: #45c893; --fail: #ff7a82; --warn: #efb04d; --warn-soft: #2f230d; --shadow: none;
  --series-1: #8c9aff; --series-2: #3fc7b8; --series-3: #d791e6; --base: #97a0b0; } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 80rem; padding: 1.5rem 1.5rem 3rem; background: var(--page); color: var(--text);
  font: 0.875rem/1.5 ui-sans-serif, -apple-system, "Segoe UI Variable Text", "Segoe UI", Inter, "Helvetica Neue", Arial, sans-serif;
  font-variant-numeric: tabular-nums; -webkit-font-smoothing: antialiased; }
h1, h2, h3, p, dl, dd, ul { margin: 0; padding: 0; } ul { list-style: none; }
h1 { font-size: 1.375rem; font-weight: 620; letter-spacing: -0.015em; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 2.5rem 0 1rem; font-size: 1rem; font-weight: 620; } .card h2 { margin: 0; font-size: 0.8125rem; font-weight: 600; }
code, .mono { font-family: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace;
  font-size: 0.93em; overflow-wrap: anywhere; }
h1.mono { font-size: 1.3rem; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.muted, .facts { color: var(--text-3); } .facts { margin-top: 0.25rem; overflow-wrap: anywhere; }
.card { margin-top: 1rem; padding: 1rem 1.5rem; background: var(--surface); border: 1px solid var(--line);
  border-radius: 10px; box-shadow: var(--shadow); }
.card > p + p { margin-top: 0.5rem; } .card p { overflow-wrap: anywhere; }
.pair { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 1rem; margin-top: 1rem; }
.pair > .card { margin: 0; } .pair > .wide { grid-column: 1 / -1; }
.big { font-size: 2rem; font-weight: 640; letter-spacing: -0.025em; line-height: 1.15; }
.good, .better { color: var(--pass); } .bad, .worse { color: var(--fail); } .doubt { color: var(--warn); }
.better, .worse { font-weight: 600; }
.warning { margin-top: 1rem; padding: 0.5rem 1rem; border-left: 3px solid var(--warn); background: var(--warn-soft); }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(8rem, 1fr)); gap: 1rem; margin-top: 1.25rem;
  padding-top: 1rem; border-top: 1px solid var(--line); }
.figures dt { color: var(--text-3); font-size: 0.75rem; } .figures dd { font-size: 1.25rem; font-weight: 580; }
.scroll { overflow-x: auto; margin: 0 -1.5rem; }
table { width: 100%; border-collapse: collapse; font-size: 0.8125rem; }
th, td { padding: 0.45rem 0.75rem; border-bottom: 1px solid var(--line); text-align: right; white-space: nowrap; }
thead th { border-color: var(--line-strong); color: var(--text-3); font-size: 0.75rem; font-weight: 500; }
tbody th { font-weight: 500; } tbody tr:last-child > * { border-bottom: 0; }
:is(th, td):first-child { padding-left: 1.5rem; text-align: left; white-space: normal; overflow-wrap: anywhere;
  min-width: 8rem; max-width: 26rem; }
:is(th, td):last-child { padding-right: 1.5rem; }
:is(th, td).words { text-align: left; white-space: normal; min-width: 14rem; }
svg { display: block; width: 100%; max-width: 56rem; height: auto; margin-top: 0.5rem; } svg text { font-size: 12px; fill: var(--text-3); }
.grid { stroke: var(--line); } .mark { stroke: var(--text-3); stroke-dasharray: 4 4; }
polyline { fill: none; stroke-width: 2; } circle { stroke: var(--surface); stroke-width: 1.5; }
.legend { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin-top: 0.25rem; color: var(--text-2); font-size: 0.8125rem; }
.legend li::before { content: ""; display: inline-block; width: 0.8rem; height: 0.2rem; margin-right: 0.4rem;
  border-radius: 2px; background: var(--key); vertical-align: middle; }
.line-1 { --key: var(--series-1); } .line-2 { --key: var(--series-2); } .line-3 { --key: var(--series-3); }
.base { --key: var(--base); } .run { --key: var(--series-1); } .ok { --key: var(--pass); } .not { --key: var(--fail); }
polyline { stroke: var(--key); } circle { fill: var(--key); } .key { font-weight: 600; color: var(--key); }
@media (max-width: 52rem) { .pair { grid-template-columns: minmax(0, 1fr); } }
@media (max-width: 36rem) { body { padding: 1rem 1rem 2rem; } .card { padding: 1rem; } .scroll { margin: 0 -1rem; }
  :is(th, td):first-child { position: sticky; left: 0; padding-left: 1rem; background: var(--surface); }
  svg text { font-size: 24px; } }
@media print { body { max-width: none; padding: 0; background: none; } .card { box-shadow: none; break-inside: avoid; } }`;
