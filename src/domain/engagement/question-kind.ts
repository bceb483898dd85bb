export const QUESTION_KINDS = [
  "how_to",
  "why_us",
  "commercial",
  "comparison",
  "technical",
  "objection",
  "process",
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

/** First match wins. Only sorts the CSM's list; nothing is kept from anybody because of it. */
const RULES: readonly (readonly [QuestionKind, RegExp])[] = [
  [
    "commercial",
    /\b(pric(e|es|ing)|costs?|discount|invoice|quote|contract|renew(al)?|upgrade|licen[cs]es?|demo|seats?)\b/i,
  ],
  ["comparison", /\b(compared? (to|with)|versus|vs\.?|instead of|used to use|came from|alternative)\b/i],
  ["why_us", /\bwhy (did|do|does|was|were) (we|you|they|my|our|the company)\b/i],
  ["technical", /\b(api|sso|integrat\w+|webhook|export|import|sync|error|csv|database|limits?)\b/i],
  ["process", /\b(who (is|does|should|can)|approv\w+|deadline|by when|responsible|meeting)\b/i],
];

export function questionKind(text: string): QuestionKind {
  return RULES.find(([, pattern]) => pattern.test(text))?.[0] ?? "how_to";
}
