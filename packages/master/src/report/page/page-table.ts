import { xmlText } from '../junit/xml-text.ts';

/** A cell; its class decides over the colour. */
export interface PageCell {
  readonly text: string;
  readonly className?: string | undefined;
  /** In words, for those who cannot see the colour. */
  readonly title?: string | undefined;
}

export interface PageTable {
  /** For screen readers. */
  readonly label: string;
  readonly titles: readonly (PageCell | string)[];
  /** The first cell of each names it. */
  readonly rows: readonly (readonly (PageCell | string)[])[];
}

/** A table that scrolls sideways where the page is narrow. */
export function pageTable({ label, titles, rows }: PageTable): string {
  const head = titles.map((title) => formatCell(title, 'th scope="col"')).join('');
  const body = rows
    .map(
      (cells) =>
        `<tr>${cells.map((cell, index) => formatCell(cell, index === 0 ? 'th scope="row"' : 'td')).join('')}</tr>`,
    )
    .join('\n');
  return `<div class="scroll" role="region" aria-label="${xmlText(label)}" tabindex="0"><table><thead><tr>${head}</tr></thead>
<tbody>
${body}
</tbody></table></div>`;
}

/** @param start the name of the element with what it always has */
function formatCell(cell: PageCell | string, start: string): string {
  const { text, className, title }: PageCell = typeof cell === 'string' ? { text: cell } : cell;
  const mark = [
    className === undefined ? '' : ` class="${className}"`,
    title === undefined ? '' : ` title="${xmlText(title)}"`,
  ].join('');
  return `<${start}${mark}>${xmlText(text)}</${start.slice(0, 2)}>`;
}
