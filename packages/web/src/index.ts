/** The page that an HTML report is made from: one file, to be filled with the data of a run. */
export const REPORT_TEMPLATE: URL = new URL('../dist/assets/report.html', import.meta.url);

/** The folder of the web UI: `index.html`, and `assets/` with a hash in each name. */
export const UI_FOLDER: URL = new URL('../dist/assets/ui/', import.meta.url);
