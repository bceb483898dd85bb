/**
 * A question as it is compared: case, accents, punctuation and spacing aside. Asking the same thing
 * again is no second question (domain.md D3); asking it in other words may be, and a CSM can merge it.
 */
export function normalQuestion(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{Mark}+/gu, "")
    .toLowerCase()
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}
