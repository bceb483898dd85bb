/**
 * What a spreadsheet would compute: = + - @, tab and line break, and the full-width signs it takes for them.
 * A cell that begins with apostrophes before such a sign counts too: it gets one more, or nobody could tell
 * on the way in whether the one that stands there was written by a person.
 */
const FORMULA = /^(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/;
const GUARDED = /^'(?='*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20])/;

/** With the apostrophe that makes a spreadsheet read the cell as text. */
export function guardFormula(cell: string): string {
  return cell.replace(FORMULA, "'");
}

/** As it was before `guardFormula`. Any other apostrophe is somebody's own and stays. */
export function unguardFormula(cell: string): string {
  return cell.replace(GUARDED, "");
}
