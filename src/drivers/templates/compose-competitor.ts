import { escapeHtml, escapeText } from "../../domain/sequences/escape.ts";
import type { BlockOf, Competitor } from "../../domain/sequences/sequence.ts";
import type { LinkOutside, Paragraph } from "./markdown.ts";

export interface CompetitorWords {
  readonly label: string;
  readonly html: string;
  readonly text: readonly Paragraph[];
  /** True when the reader's page holds more than this mail shows. */
  readonly more: boolean;
}

/** A mail shows the first few; the page shows all, with sources and dates. */
const SHOWN = 5;

/** A part of a competitor file for a mail. Its words are data, never markup: not even merge fields. */
export function competitorWords(
  show: BlockOf<"competitor">["show"],
  competitor: Competitor,
  linkOutside: LinkOutside,
): CompetitorWords {
  const name = competitor.name;
  switch (show) {
    case "term-map":
      return pairs(
        "Their words, ours",
        [`In ${name}`, "Here"],
        competitor.termMap.map(({ theirs, ours, note }) => [
          theirs,
          [ours ?? "no equal", note].filter((part) => part !== undefined).join(": "),
        ]),
      );
    case "habit-map":
      return pairs(
        "Same job, different hands",
        [`In ${name}`, "Here"],
        competitor.habitMap.map(({ job, there, here }) => [`${job}: ${there}`, here]),
      );
    case "honest-gaps":
      return pairs(
        `What ${name} does better`,
        ["Missing here", "What people do instead"],
        competitor.honestGaps.map(({ gap, workaround }) => [gap, workaround]),
      );
    case "strengths":
      return list(`What ${name} is good at`, competitor.swot.strengths);
    case "migration-notes":
      return list("Moving over", competitor.migrationNotes);
    case "proof":
      return proof(competitor, linkOutside);
    default:
      return show satisfies never;
  }
}

function pairs(
  label: string,
  heads: [string, string],
  rows: readonly (readonly string[])[],
): CompetitorWords {
  const shown = rows.slice(0, SHOWN);
  const cells = (row: readonly string[], tag: string) =>
    row.map((cell) => `<${tag}${tag === "th" ? ' scope="col"' : ""}>${escapeHtml(cell)}</${tag}>`).join("");
  // A true table of data, so no role="presentation" here.
  const html = `<table class="pair"><thead><tr>${cells(heads, "th")}</tr></thead><tbody>${shown
    .map((row) => `<tr>${cells(row, "td")}</tr>`)
    .join("")}</tbody></table>`;
  const text = shown.map(([there = "", here = ""], index) => ({
    text: escapeText(`${there} = ${here}`),
    first: "- ",
    indent: "  ",
    tight: index > 0,
  }));
  return {
    label,
    html,
    text: label.startsWith("What")
      ? text.map((row, index) => ({ ...row, text: gapText(shown[index]) }))
      : text,
    more: rows.length > shown.length,
  };
}

const gapText = (row: readonly string[] | undefined) =>
  escapeText(`${row?.[0] ?? ""} Instead: ${row?.[1] ?? ""}`);

function list(label: string, items: readonly string[]): CompetitorWords {
  const shown = items.slice(0, SHOWN);
  return {
    label,
    html: `<ul>${shown.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>`,
    text: shown.map((item, index) => ({
      text: escapeText(item),
      first: "- ",
      indent: "  ",
      tight: index > 0,
    })),
    more: items.length > shown.length,
  };
}

/** Each claim with its source and date, since a claim without them is advertising. */
function proof({ proof }: Competitor, linkOutside: LinkOutside): CompetitorWords {
  const shown = proof.slice(0, 3).map(({ claim, source, on }) => {
    const href = /^https?:\/\//.test(source) && URL.canParse(source) ? linkOutside(source) : null;
    const named = href ? `<a href="${escapeHtml(href)}">source</a>` : escapeHtml(source);
    return {
      html: `<li>${escapeHtml(claim)} <span class="quiet small">(${named}, ${escapeHtml(on)})</span></li>`,
      text: `${escapeText(claim)} (${href ?? escapeText(source)}, ${escapeText(on)})`,
    };
  });
  return {
    label: "What can be checked",
    html: `<ul>${shown.map(({ html }) => html).join("")}</ul>`,
    text: shown.map(({ text }, index) => ({ text, first: "- ", indent: "  ", tight: index > 0 })),
    more: proof.length > shown.length,
  };
}
