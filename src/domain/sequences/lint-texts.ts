import { tooMuchMarkdown } from "./lex.ts";
import { reporter, when } from "./lint-report.ts";
import { parseMergeText } from "./merge-fields.ts";
import type { Path, Positions, Problem } from "./problem.ts";
import type { Sequence } from "./sequence.ts";
import { inspectMarkdown, mailsOf, mailTexts } from "./texts.ts";

/** Merge fields, links and raw HTML, wherever an author writes. */
export function lintTexts(sequence: Sequence, positions: Positions): Problem[] {
  const { error } = reporter(positions);
  return sequence.steps.flatMap((step, index) =>
    mailsOf(step, index).flatMap((mail) => [
      ...mailTexts(mail).flatMap(({ path, source, markdown }) => {
        const { faults } = parseMergeText(source);
        const tooMuch = markdown ? tooMuchMarkdown(source) : null;
        if (tooMuch !== null) return [error("too-much-markdown", path, tooMuch.message, tooMuch.remedy)];
        const finds = markdown ? inspectMarkdown(source) : { addresses: [], html: [] };
        return [
          ...faults.map(({ message, remedy }) => error("merge-field", path, message, remedy)),
          ...finds.addresses.flatMap((address) => addressFaults(address, path, positions)),
          ...finds.html.map((tag) =>
            error(
              "raw-html",
              path,
              `HTML is not read here: ${tag.slice(0, 40)}`,
              "Write Markdown or plain words.",
            ),
          ),
        ];
      }),
      ...mail.blocks.flatMap((block, at) =>
        block.type === "resource" && block.url !== undefined
          ? addressFaults(block.url, [...mail.path, "blocks", at, "url"], positions)
          : [],
      ),
    ]),
  );
}

/** Only web addresses, without a user name in front, and never a host that reads as another. */
function addressFaults(address: string, path: Path, positions: Positions): Problem[] {
  const { error, warning } = reporter(positions);
  const bad = (message: string, remedy: string): Problem[] => [error("bad-address", path, message, remedy)];
  if (address.includes("{{")) {
    return bad(
      `The address "${address}" has a merge field in it.`,
      "Use a page built from the account instead.",
    );
  }
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null)
    return bad(`"${address}" is not a whole web address.`, "Write it with https:// in front.");
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    return bad(`"${address}" is not a web address.`, "Use an address that starts with https://.");
  }
  if (url.username !== "" || url.password !== "") {
    return bad(
      `"${address}" has a user name in it; it really leads to ${url.hostname}.`,
      "Remove everything between // and @.",
    );
  }
  return when(/(^|\.)xn--/.test(url.hostname), () =>
    warning(
      "international-host",
      path,
      `The host of "${address}" is written ${url.hostname} by browsers.`,
      "Make sure it is the host you mean; letters of other alphabets can look the same.",
    ),
  );
}
