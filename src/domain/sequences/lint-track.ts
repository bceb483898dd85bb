import { TRACK_DEFAULTS } from "../readiness/track.ts";
import { closestWord } from "./closest-word.ts";
import { type LintContext, reporter, when } from "./lint-report.ts";
import type { Positions, Problem } from "./problem.ts";
import type { Sequence } from "./sequence.ts";

/** What a sequence says about itself as a whole: its sponsor, its weights, its competitor blocks. */
export function lintTrack(sequence: Sequence, positions: Positions, context: LintContext): Problem[] {
  return [
    ...sponsorStep(sequence, positions, context),
    ...weights(sequence, positions),
    ...competitorBlocks(sequence, positions),
    ...when(sequence.audience === "contact" && sequence.readiness === undefined, () =>
      reporter(positions).error(
        "no-readiness-track",
        ["audience"],
        "A contact's track does not say how readiness is weighed.",
        'Add "readiness:" with "track:", one of internal, external_new_function, ex_competitor.',
      ),
    ),
  ];
}

/** S0-14: decision makers are part of every track from day 0, or the author says why not. */
function sponsorStep(sequence: Sequence, positions: Positions, { sequences }: LintContext): Problem[] {
  const { error } = reporter(positions);
  const { sponsorSequence } = sequence;
  if (sponsorSequence !== undefined) {
    const found = sequences.find(({ key }) => key === sponsorSequence);
    const sponsors = sequences.filter(({ audience }) => audience === "sponsor").map(({ key }) => key);
    const near = closestWord(sponsorSequence, sponsors);
    if (!found) {
      const known =
        sponsors.length > 0 ? `Sponsor sequences here: ${sponsors.join(", ")}.` : "Add that file.";
      return [
        error(
          "unknown-sponsor-sequence",
          ["sponsorSequence"],
          `There is no sequence "${sponsorSequence}".`,
          `${near ? `Did you mean "${near}"? ` : ""}${known}`,
        ),
      ];
    }
    return when(found.audience !== "sponsor", () =>
      error(
        "unknown-sponsor-sequence",
        ["sponsorSequence"],
        `The sequence "${sponsorSequence}" is written for the ${found.audience}, not for a sponsor.`,
        'Name a sequence with "audience: sponsor".',
      ),
    );
  }
  const hasStep = sequence.steps.some(({ audience }) => audience === "sponsor");
  const lacking = sequence.audience === "contact" && !hasStep && sequence.noSponsorReason === undefined;
  return when(lacking, () =>
    error(
      "no-sponsor-step",
      ["key"],
      "This track says nothing to the sponsor.",
      'Add "sponsor-sequence: sponsor-brief", a step with "audience: sponsor", or "no-sponsor-reason:" with the reason.',
    ),
  );
}

const ROOM = 0.1;
const PARTS = ["knowledge", "tasks", "priorities", "questions", "reciprocity"] as const;

/** D3: an author may move a weight by 0.10; beyond that the verdict would mean something else. */
function weights(sequence: Sequence, positions: Positions): Problem[] {
  const { readiness } = sequence;
  const chosen = readiness?.weights;
  if (!readiness || !chosen) return [];
  const { error } = reporter(positions);
  const defaults = TRACK_DEFAULTS[readiness.track].weights;
  const sum = PARTS.reduce((total, part) => total + chosen[part], 0);
  return [
    ...when(Math.abs(sum - 1) > 1e-9, () =>
      error(
        "weights-sum",
        ["readiness", "weights"],
        `The weights add up to ${sum.toFixed(2)}.`,
        "Make the five weights add up to 1.",
      ),
    ),
    ...PARTS.filter((part) => Math.abs(chosen[part] - defaults[part]) > ROOM + 1e-9).map((part) =>
      error(
        "weights-room",
        ["readiness", "weights", part],
        `"${part}" is ${chosen[part]}, more than 0.10 away from ${defaults[part]}.`,
        `Choose between ${Math.max(0, defaults[part] - ROOM).toFixed(2)} and ${(defaults[part] + ROOM).toFixed(2)}.`,
      ),
    ),
  ];
}

/** S1-23: a competitor's card belongs in the track for people who come from one. */
function competitorBlocks(sequence: Sequence, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  const replacement = sequence.appliesTo?.replacement ?? [];
  if (replacement.length > 0 && replacement.every((one) => one === "ex_competitor")) return [];
  return sequence.steps.flatMap((step, index) =>
    [
      ...step.blocks.map((block, at) => ({ block, path: ["steps", index, "blocks", at] })),
      ...(step.variantB?.blocks ?? []).map((block, at) => ({
        block,
        path: ["steps", index, "variantB", "blocks", at],
      })),
    ]
      .filter(({ block }) => block.type === "competitor")
      .map(({ path }) =>
        error(
          "competitor-block",
          path,
          "A competitor's card stands in a track that is not only for people who come from a competitor.",
          'Remove the block, or set "applies-to: replacement: [ex_competitor]".',
        ),
      ),
  );
}
