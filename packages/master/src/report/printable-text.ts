import stringWidth from 'string-width';

// Nobody reads more than this in a terminal, and it bounds the work for one hostile name.
const MAX_LENGTH = 4_000;
const PLAIN_TEXT = /^[\x20-\x7e]*$/;
const CONTROL = /\p{Cc}/gu;
const LINE_SEPARATOR_OR_LONE_SURROGATE = /[\p{Zl}\p{Zp}\p{Cs}]/gu;
// Text direction, joiners, fillers: terminals disagree about their width. The selector in ❤️ is harmless.
const INVISIBLE = /(?!\ufe0f)[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;
const SEGMENTER = new Intl.Segmenter();

/** The text on one line, with nothing in it that moves the cursor, changes colours or hides what it says. */
export function printable(text: string): string {
  if (text.length > MAX_LENGTH) {
    return printable(`${text.slice(0, MAX_LENGTH / 2)}…${text.slice(1 - MAX_LENGTH / 2)}`);
  }
  if (PLAIN_TEXT.test(text)) return text;
  return text
    .replace(CONTROL, showControl)
    .replace(LINE_SEPARATOR_OR_LONE_SURROGATE, '\ufffd')
    .replace(INVISIBLE, '');
}

function showControl(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** A printable text in at most `width` columns; where it is longer, an ellipsis stands for its middle. */
export function shorten(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  const clusters = splitClusters(text);
  // Long paths differ at their end, so it is kept too.
  const tail = takeColumns(clusters.toReversed(), Math.floor((width - 1) / 2))
    .toReversed()
    .join('');
  const head = takeColumns(clusters, width - 1 - stringWidth(tail)).join('');
  return `${head}…${tail}`;
}

/** A printable text in lines of at most `width` columns, broken at spaces where there are any. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text
    .replace(/^ +| +$/g, '')
    .split(/ +/)
    .flatMap((word) => breakWord(word, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (stringWidth(longer) <= width) {
      line = longer;
    } else {
      if (line !== '') lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

function breakWord(word: string, width: number): string[] {
  const parts: string[] = [];
  if (stringWidth(word) <= width) return [word];
  // A wide letter with marks that take room of their own can be wider than a narrow line.
  let clusters = splitClusters(word).flatMap((cluster) =>
    stringWidth(cluster) > width ? Array.from(cluster) : [cluster],
  );
  while (clusters.length > 0) {
    const part = takeColumns(clusters, width);
    // A character wider than the line still has to go somewhere.
    const taken = Math.max(1, part.length);
    parts.push(clusters.slice(0, taken).join(''));
    clusters = clusters.slice(taken);
  }
  return parts;
}

function takeColumns(clusters: readonly string[], width: number): string[] {
  const taken: string[] = [];
  let columns = 0;
  for (const cluster of clusters) {
    columns += stringWidth(cluster);
    if (columns > width) break;
    taken.push(cluster);
  }
  return taken;
}

function splitClusters(text: string): string[] {
  return Array.from(SEGMENTER.segment(text), ({ segment }) => segment);
}
