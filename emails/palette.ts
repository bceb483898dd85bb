/**
 * The colours of every mail, in light and dark: the same paper, ink and green as the pages
 * (src/web/assets/css/tokens.css). Written as hex, since Outlook knows no light-dark() and no variables.
 */
export const LIGHT = {
  paper: "#f6f3ed",
  card: "#ffffff",
  ink: "#2b2824",
  soft: "#635c53",
  line: "#e5dfd4",
  accent: "#1c5d57",
  // Not pure white: clients that turn only pure white around would leave white on the green they lighten.
  "accent-ink": "#fcfbf8",
  tint: "#edf4f2",
  "tint-line": "#cfe3df",
} as const;

export type Colour = keyof typeof LIGHT;

export const DARK: Readonly<Record<Colour, string>> = {
  paper: "#161513",
  card: "#1f1d1a",
  ink: "#efeae2",
  soft: "#b5ada1",
  line: "#38342f",
  accent: "#9ccfc7",
  "accent-ink": "#10211f",
  tint: "#1e302d",
  "tint-line": "#34504b",
};

/** What stands on what: checked to 4.5:1 in both lights (WCAG 1.4.3). */
export const TEXT_ON: readonly (readonly [Colour, Colour])[] = [
  ["ink", "card"],
  ["ink", "paper"],
  ["ink", "tint"],
  ["soft", "card"],
  ["soft", "paper"],
  ["soft", "tint"],
  ["accent", "card"],
  ["accent", "paper"],
  ["accent", "tint"],
  ["accent", "tint-line"],
  ["accent-ink", "accent"],
];

export const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Helvetica,Arial,sans-serif";

const GROUNDS: readonly (readonly [string, Colour])[] = [
  [".page,.page>div,.page>table>tbody>tr>td,.band,.band>table", "paper"],
  [".sheet,.sheet>table", "card"],
  ["td.panel,.panel>table>tbody>tr>td", "tint"],
  [".badge", "tint-line"],
  [".on,a.act,.act td,.act a", "accent"],
  [".off", "line"],
];

const INKS: readonly (readonly [string, Colour])[] = [
  [".ink,.ink div", "ink"],
  [".soft,.soft div,.soft a", "soft"],
  [".acc,.acc div,.sheet a,.badge", "accent"],
  [".sheet .act a,.sheet a.act", "accent-ink"],
];

const EDGES: readonly (readonly [string, Colour])[] = [
  [".rule,.pair td", "line"],
  ["td.panel,.panel>table>tbody>tr>td", "tint-line"],
];

/** The dark look where a mail program honours the reader's preference. */
export const darkStyles = (): string =>
  [
    ":root{color-scheme:light dark;supported-color-schemes:light dark}",
    `@media (prefers-color-scheme: dark){\nbody{background:${DARK.paper}!important}`,
    rules("", ""),
    "}",
  ].join("\n");

/**
 * The same for Outlook's apps, which mark what they changed (data-ogsc a text colour, data-ogsb a ground),
 * so that their dark does not mix with ours. In a style element of its own: Gmail drops a whole element
 * for a selector that it does not know.
 */
export const outlookDarkStyles = (): string => rules("[data-ogsc] ", "[data-ogsb] ");

function rules(ink: string, ground: string): string {
  return [
    ...GROUNDS.map(([names, colour]) => `${scoped(names, ground)}{background:${DARK[colour]}!important}`),
    ...INKS.map(([names, colour]) => `${scoped(names, ink)}{color:${DARK[colour]}!important}`),
    ...EDGES.map(([names, colour]) => `${scoped(names, ink)}{border-color:${DARK[colour]}!important}`),
  ].join("\n");
}

function scoped(names: string, scope: string): string {
  return names
    .split(",")
    .map((name) => scope + name)
    .join(",");
}
