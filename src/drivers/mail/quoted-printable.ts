const HEX = Buffer.from("0123456789ABCDEF", "latin1");
const [TAB, LF, CR, SPACE, DOT, EQUALS] = [0x09, 0x0a, 0x0d, 0x20, 0x2e, 0x3d] as const;
/** RFC 2045 6.7 allows 76 characters; the last one is the soft break's. */
const LINE = 75;

/** 1 for every byte that is written as it is, wherever it stands. */
const LITERAL = new Uint8Array(256).fill(1, SPACE, 0x7f);
LITERAL[EQUALS] = 0;
LITERAL[DOT] = 0;
LITERAL[TAB] = 1;

/** Written into and copied out of: three times the text is the worst case, and too much to throw away per mail. */
let scratch = Buffer.allocUnsafe(256 * 1024);

/**
 * A text in quoted-printable (RFC 2045 6.7), in one pass over its bytes: nodemailer's own encoder works on
 * strings through a stream and costs as much as the rest of a mail. Line breaks of either kind become CRLF.
 * No line begins with a dot, which SMTP would have to double on the way (RFC 5321 4.5.2).
 */
export function quotedPrintable(text: string): Buffer {
  const source = Buffer.from(text, "utf8");
  const size = source.length;
  const worst = size * 3 + Math.ceil((size * 3) / (LINE - 2)) * 3 + 8;
  if (scratch.length < worst) scratch = Buffer.allocUnsafe(worst);
  const out = scratch;
  let at = 0;
  let limit = LINE;
  let index = 0;
  while (index < size) {
    let byte = source[index] ?? 0;
    while (LITERAL[byte] === 1) {
      if (at >= limit) {
        at = softBreak(out, at);
        limit = at + LINE;
      }
      out[at++] = byte;
      index += 1;
      byte = source[index] ?? CR;
    }
    if (index >= size) break;
    if (byte === LF || (byte === CR && source[index + 1] === LF)) {
      at = hardenBlank(out, at, limit);
      out[at++] = CR;
      out[at++] = LF;
      limit = at + LINE;
      index += byte === LF ? 1 : 2;
      continue;
    }
    if (at + (byte === DOT ? 1 : 3) > limit) {
      at = softBreak(out, at);
      limit = at + LINE;
    }
    if (byte === DOT && at > limit - LINE) out[at++] = DOT;
    else at = escaped(out, at, byte);
    index += 1;
  }
  at = hardenBlank(out, at, limit);
  return Buffer.from(out.subarray(0, at));
}

function softBreak(out: Buffer, at: number): number {
  out[at] = EQUALS;
  out[at + 1] = CR;
  out[at + 2] = LF;
  return at + 3;
}

function escaped(out: Buffer, at: number, byte: number): number {
  out[at] = EQUALS;
  out[at + 1] = HEX[byte >> 4] ?? 0;
  out[at + 2] = HEX[byte & 15] ?? 0;
  return at + 3;
}

/** A blank at a line's end would be lost on the way, so the one just written is encoded after all. */
function hardenBlank(out: Buffer, at: number, limit: number): number {
  const last = at === 0 ? 0 : out[at - 1];
  if (last !== SPACE && last !== TAB) return at;
  const from = at - 1;
  return escaped(out, from + 3 > limit ? softBreak(out, from) : from, last);
}
