import { type CourseResource, fittingResources } from "../../../operations/course-resources.ts";
import type { ContactPage } from "../../../operations/page-parts.ts";
import { resourceAddress } from "./blocks.tsx";
import { openStep } from "./course.tsx";
import type { FormContext } from "./form-context.ts";

/** Something that may answer a question. */
export interface Suggested {
  title: string;
  href: string;
  minutes: number;
}

/** A resource as the question box names it; a short text is read in its step, which opens. */
export function suggested(resource: CourseResource, address: string): Suggested {
  const { title, minutes, key } = resource;
  const href = resourceAddress(resource, address) ?? `${address}?open=resource-${key}#resource-${key}`;
  return { title, href, minutes };
}

/**
 * Beside the question box before anything is typed: what fits the question that stands in it or was just asked,
 * else what belongs to the step in sight.
 */
export function suggestedFor(page: ContactPage, context: FormContext): Suggested[] {
  const typed = context.typed?.form === "question" ? context.typed.values["text"]?.[0] : undefined;
  const asked = typed ?? (context.said === "question-asked" ? page.questions[0]?.text : undefined);
  const step = page.course.steps.find(
    ({ key }) => key === (openStep(page, context) ?? page.course.next?.stepKey),
  );
  const resources =
    asked === undefined
      ? (step?.blocks ?? []).filter((block) => block.type === "resource").slice(0, 3)
      : fittingResources(page, asked);
  return resources.map((resource) => suggested(resource, context.address));
}
