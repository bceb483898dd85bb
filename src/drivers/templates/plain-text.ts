const WIDTH = 72;

/**
 * One paragraph of the text part, wrapped. Line breaks in it stay. A word longer than the line
 * (an address) stands alone and whole, since a broken address is a dead one.
 */
export function wrapParagraph(text: string, first = "", indent = ""): string {
  return text
    .split("\n")
    .map((row, index) => wrapRow(row, index === 0 ? first : indent, indent))
    .join("\n");
}

function wrapRow(row: string, first: string, indent: string): string {
  if (first.length + row.length <= WIDTH) return first + row;
  const rows: string[] = [];
  let current = first;
  let empty = true;
  for (const word of row.split(" ")) {
    if (!empty && current.length + 1 + word.length > WIDTH) {
      rows.push(current.trimEnd());
      current = indent;
      empty = true;
    }
    current += empty ? word : ` ${word}`;
    empty = false;
  }
  rows.push(current);
  return rows.join("\n");
}
