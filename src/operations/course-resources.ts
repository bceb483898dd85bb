import { suggestResources } from "../domain/engagement/suggest-resources.ts";
import { loadFrame } from "../drivers/store/enrollment-frame.ts";
import { courseOf, loadBlockState } from "./course.ts";
import { programOf } from "./frozen-sequence.ts";
import type { ContactPage, PageBlock } from "./page-parts.ts";
import type { Parts } from "./parts.ts";

export type CourseResource = Extract<PageBlock, { type: "resource" }>;

/**
 * What of the reader's own course may answer a question, best first: its texts and the pages about their account.
 * What stands in several steps is named once.
 */
export function fittingResources(
  page: Pick<ContactPage, "course" | "account" | "product">,
  asked: string,
): CourseResource[] {
  const offered = new Map<string, CourseResource>();
  for (const block of page.course.steps.flatMap(({ blocks }) => blocks)) {
    if (block.type !== "resource") continue;
    const place = block.url ?? block.page ?? block.key;
    if (!offered.has(place)) offered.set(place, block);
  }
  return suggestResources(
    asked,
    [...offered.values()].map((block) => ({ ...block, topics: [], text: block.body ?? "" })),
    `${page.account.name} ${page.product}`,
  );
}

/** The same while a question is being written: the course is read, the rest of the page is not. */
export async function suggestFromCourse(
  parts: Parts,
  input: { workspaceId: string; enrollmentId: string; asked: string },
): Promise<CourseResource[]> {
  const { workspaceId, enrollmentId, asked } = input;
  const { db } = parts;
  const frame = await loadFrame(db, workspaceId, enrollmentId);
  if (frame === null) return [];
  const [state, sends] = await Promise.all([
    loadBlockState(db, frame),
    db.send.findMany({
      where: { workspaceId, enrollmentId, kind: "step", status: { in: ["submitted", "uncertain"] } },
    }),
  ]);
  const { account } = frame;
  return fittingResources(
    {
      course: courseOf(programOf(frame.version, frame.enrollment), frame, state, sends),
      account: { name: account.name },
      product: frame.product?.name ?? account.productKey,
    },
    asked,
  );
}
