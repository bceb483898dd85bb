import type { ContactPage } from "../../../operations/page-parts.ts";
import { scriptAddress } from "../../assets.ts";
import { readsApart } from "./blocks.tsx";

/**
 * The small hint that a page was really on a screen. `item` is the knowledge item that this page
 * shows, or empty: only such an item can earn the few points of a visit (domain.md D3, H).
 */
export function VisitScript(props: { address: string; item: string | null; nonce: string }) {
  return (
    <script
      src={scriptAddress("visit")}
      nonce={props.nonce}
      data-visit={`${props.address}/visit`}
      data-item={props.item ?? ""}
      defer
    />
  );
}

/** The knowledge item behind an account page, if the course has one. */
export function itemOfAccountPage(page: ContactPage, which: string): string | null {
  return knowledge(page).find((block) => block.page === which)?.key ?? null;
}

/** The knowledge item whose text stands open on the contact's page: of the step that is written out. */
export function itemInSight(page: ContactPage, open: string | null): string | null {
  const step = page.course.steps.find(({ key }) => key === open);
  const shown = knowledge(page).find(
    (block) => step?.blocks.includes(block) && block.body !== null && !readsApart(block),
  );
  return shown?.key ?? null;
}

function knowledge(page: ContactPage) {
  return page.course.steps
    .flatMap(({ blocks }) => blocks)
    .filter((block) => block.type === "resource")
    .filter((block) => block.knowledge);
}
