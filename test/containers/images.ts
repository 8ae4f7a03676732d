/** The images that these tests build and run. */
export const LOADTS_IMAGE = 'loadts:test';
export const API_IMAGE = 'loadts-sample-api:test';
