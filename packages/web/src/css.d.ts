// The build turns these into the pages' style sheets.
declare module '*.css';
