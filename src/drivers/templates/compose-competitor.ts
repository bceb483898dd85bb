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
        competitor.termMap.map(({ theirs, ours, note }) => ({
          left: { text: theirs },
          right: { text: ours ?? "No equal", ...(note === undefined ? {} : { note }) },
          line: `${theirs} = ${ours ?? "no equal"}${note === undefined ? "" : ` (${note})`}`,
        })),
      );
    case "habit-map":
      return pairs(
        "Same job, different hands",
        [`In ${name}`, "Here"],
        competitor.habitMap.map(({ job, there, here }) => ({
          left: { text: job, note: there },
          right: { text: here },
          line: `${job}. There: ${there} Here: ${here}`,
        })),
      );
    case "honest-gaps":
      return pairs(
        `What ${name} does better`,
        ["Missing here", "What people do instead"],
        competitor.honestGaps.map(({ gap, workaround, source, on }) => ({
          left: { text: gap, note: `${source}, ${on}` },
          right: { text: workaround },
          line: `${gap} Instead: ${workaround} (${source}, ${on})`,
        })),
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

interface Cell {
  readonly text: string;
  readonly note?: string;
}
interface Pair {
  readonly left: Cell;
  readonly right: Cell;
  /** The pair as one sentence of the text part. */
  readonly line: string;
}

function pairs(label: string, [there, here]: [string, string], rows: readonly Pair[]): CompetitorWords {
  const shown = rows.slice(0, SHOWN);
  const cell = ({ text, note }: Cell) =>
    `<td>${escapeHtml(text)}${note === undefined ? "" : `<br /><span class="soft small">${escapeHtml(note)}</span>`}</td>`;
  // A true table of data, so no role="presentation" here.
  const html = `<table class="pair"><thead><tr><th class="soft" scope="col">${escapeHtml(there)}</th><th class="soft" scope="col">${escapeHtml(here)}</th></tr></thead><tbody>${shown
    .map(({ left, right }) => `<tr>${cell(left)}${cell(right)}</tr>`)
    .join("")}</tbody></table>`;
  return {
    label,
    html,
    text: shown.map(({ line }, index) => ({
      text: escapeText(line),
      first: "- ",
      indent: "  ",
      tight: index > 0,
    })),
    more: rows.length > shown.length,
  };
}

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
      html: `<li>${escapeHtml(claim)} <span class="soft small">(${escapeHtml(on)}, ${named})</span></li>`,
      text: `${escapeText(claim)} (${escapeText(on)}, ${href ?? escapeText(source)})`,
    };
  });
  return {
    label: "What can be checked",
    html: `<ul>${shown.map(({ html }) => html).join("")}</ul>`,
    text: shown.map(({ text }, index) => ({ text, first: "- ", indent: "  ", tight: index > 0 })),
    more: proof.length > shown.length,
  };
}
