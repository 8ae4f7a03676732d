import type { ReportData } from '@loadts/core';

/** @param packed JSON, deflated, in base64 */
export async function readRun(packed: string): Promise<ReportData> {
  if (typeof DecompressionStream === 'undefined')
    throw new Error('the browser is too old; any of 2023 or later will do');
  const bytes = Uint8Array.from(atob(packed.trim()), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
  return (await new Response(stream).json()) as ReportData;
}
