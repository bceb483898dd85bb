const HEX = Buffer.from("0123456789ABCDEF", "latin1");
const [TAB, LF, CR, SPACE, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x3d] as const;
/** RFC 2045 6.7 allows 76 characters; the last one is the soft break's. */
const LINE = 75;

/** 1 for every byte that is written as it is. */
const LITERAL = new Uint8Array(256).fill(1, SPACE, 0x7f);
LITERAL[EQUALS] = 0;
LITERAL[TAB] = 1;

/**
 * A text in quoted-printable (RFC 2045 6.7), in one pass over its bytes: nodemailer's own encoder works on
 * strings through a stream and costs as much as the rest of a mail. Line breaks of either kind become CRLF.
 */
export function quotedPrintable(text: string): Buffer {
  const source = Buffer.from(text, "utf8");
  const size = source.length;
  const out = Buffer.allocUnsafe(size * 3 + Math.ceil((size * 3) / (LINE - 2)) * 3);
  let at = 0;
  let column = 0;
  for (let index = 0; index < size; index += 1) {
    const byte = source[index] ?? 0;
    if (byte === LF || (byte === CR && source[index + 1] === LF)) {
      if (byte === CR) index += 1;
      out[at++] = CR;
      out[at++] = LF;
      column = 0;
      continue;
    }
    const literal = LITERAL[byte] === 1 && !((byte === SPACE || byte === TAB) && endsLine(source, index + 1));
    const width = literal ? 1 : 3;
    if (column + width > LINE) {
      out[at++] = EQUALS;
      out[at++] = CR;
      out[at++] = LF;
      column = 0;
    }
    if (literal) {
      out[at++] = byte;
    } else {
      out[at++] = EQUALS;
      out[at++] = HEX[byte >> 4] ?? 0;
      out[at++] = HEX[byte & 15] ?? 0;
    }
    column += width;
  }
  return out.subarray(0, at);
}

/** Blanks before a line's end are lost on the way, so they are encoded. */
function endsLine(source: Buffer, index: number): boolean {
  const next = source[index];
  return next === undefined || next === LF || (next === CR && source[index + 1] === LF);
}
