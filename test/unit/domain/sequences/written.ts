import { checkSequenceFiles } from "../../../../src/domain/sequences/lint.ts";
import type { Problem } from "../../../../src/domain/sequences/problem.ts";

/** A small track that is right in every way. Tests change one thing. */
export const GOOD = `key: short
name: A short track
audience: contact
description: For tests.
goal: Something is reached.
length-days: 10
readiness:
  track: internal
sponsor-sequence: brief
steps:
  - key: first
    day: 0
    subject: The story so far
    opening: Hello {{contact.firstName}}, here is what runs.
    blocks:
      - { type: resource, key: story, title: The story, kind: account-page, minutes: 5, page: story-so-far }
      - type: task
        key: self-check
        text: Tick what you know
        minutes: 1
        evidence: choice
        choices:
          - { key: basics, text: The basics, area: basics }
      - { type: objective, key: know, text: After this you know what runs. }
  - key: second
    day: 2
    subject: One more thing
    opening: Hello {{contact.firstName}}, one more thing for today, and a reason for it.
    blocks:
      - { type: resource, key: guide, title: A guide, kind: guide, minutes: 2, url: "https://help.fernwick.example/guide" }
      - { type: task, key: do-it, text: Do it once, minutes: 5 }
      - { type: objective, key: done, text: After this it is done. }
`;

export const BRIEF = `key: brief
name: Sponsor brief
audience: sponsor
description: For tests.
goal: Goals confirmed.
length-days: 10
steps:
  - key: endorse
    day: 0
    class: sponsor-brief
    subject: Two lines from you
    opening: Hello {{contact.firstName}}, are the goals right?
    blocks:
      - { type: endorse, prompt: Confirm the goals }
`;

export const CARD = `key: mailharbor
name: Mailharbor
reviewed-on: 2026-11-02
swot: { strengths: [a], weaknesses: [b], opportunities: [c], threats: [d] }
term-map:
  - { theirs: List, ours: Audience }
  - { theirs: Voyage, ours: Program }
  - { theirs: Score, ours: null }
habit-map:
  - { job: one, there: x, here: y }
  - { job: two, there: x, here: y }
  - { job: three, there: x, here: y }
honest-gaps:
  - { gap: A gap, workaround: A way around, source: Price page, on: 2026-02-10 }
proof:
  - { claim: A claim, source: Interviews, on: 2026-02-10 }
`;

/** Replaces one piece of a text; fails loudly when the piece is not there, so no test passes by accident. */
export function change(source: string, from: string, to: string): string {
  if (!source.includes(from)) throw new Error(`The file does not contain: ${from}`);
  return source.replace(from, () => to);
}

/** Problems of one sequence file, checked beside a sponsor brief. */
export const check = (source: string, today = "2026-11-22"): Problem[] =>
  checkSequenceFiles(
    [
      { file: "sequences/short.yaml", source },
      { file: "sequences/brief.yaml", source: BRIEF },
    ],
    today,
  );

/** The line on which a piece of text stands, 1-based. */
export function lineOf(source: string, piece: string): number {
  const at = source.indexOf(piece);
  if (at < 0) throw new Error(`The file does not contain: ${piece}`);
  return source.slice(0, at).split("\n").length;
}
