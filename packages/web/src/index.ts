/** The page that an HTML report is made from: one file, to be filled with the data of a run. */
export const REPORT_TEMPLATE: URL = new URL('../dist/assets/report.html', import.meta.url);
