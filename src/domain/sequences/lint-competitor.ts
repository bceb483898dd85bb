import { DateTime } from "luxon";
import { reporter, when } from "./lint-report.ts";
import type { Positions, Problem } from "./problem.ts";
import type { Competitor } from "./sequence.ts";

/** C3: a card that nobody has looked at for half a year says things that are no longer so. */
const REVIEW_DAYS = 180;

/** `today` is a date (YYYY-MM-DD). */
export function lintCompetitor(competitor: Competitor, positions: Positions, today: string): Problem[] {
  const { error, warning } = reporter(positions);
  const age = DateTime.fromISO(today).diff(DateTime.fromISO(competitor.reviewedOn), "days").days;
  const byTheirs = competitor.termMap.map(({ theirs }) => theirs.toLowerCase());
  return [
    ...when(age > REVIEW_DAYS, () =>
      warning(
        "competitor-stale",
        ["reviewedOn"],
        `${competitor.name} was last reviewed ${Math.floor(age)} days ago.`,
        `Check each claim against its source, then set reviewed-on to that day; ${REVIEW_DAYS} days is the limit.`,
      ),
    ),
    ...byTheirs.flatMap((theirs, index) =>
      when(byTheirs.indexOf(theirs) !== index, () =>
        error(
          "duplicate-term",
          ["termMap", index, "theirs"],
          `The word "${competitor.termMap[index]?.theirs ?? ""}" is translated twice.`,
          "Keep one of the two lines.",
        ),
      ),
    ),
  ];
}
