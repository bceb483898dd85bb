import { normalQuestion } from "./normal-question.ts";

/** Words that say nothing about a topic. */
const COMMON = new Set(
  "the and for with your you our are was how what when where which who can does this that from have has not but into about there their they them its will would should could may need want use using get got let any all one two".split(
    " ",
  ),
);

interface Suggestible {
  readonly title: string;
  readonly topics: readonly string[];
}

/**
 * The resources that share most words with a question, best first, at most three. Offered beside the
 * question box, never instead of asking (S0-28).
 */
export function suggestResources<T extends Suggestible>(question: string, resources: readonly T[]): T[] {
  const asked = topicWords(question);
  return resources
    .map((resource) => {
      const words = topicWords(`${resource.title} ${resource.topics.join(" ")}`);
      return { resource, shared: [...words].filter((word) => asked.has(word)).length };
    })
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .slice(0, 3)
    .map(({ resource }) => resource);
}

function topicWords(text: string): Set<string> {
  const words = normalQuestion(text.replace(/\{\{.*?\}\}/g, " ")).split(" ");
  // A plain plural is the same topic.
  return new Set(
    words
      .filter((word) => word.length > 2 && !COMMON.has(word))
      .map((word) => word.replace(/(?<=\w{3})s$/, "")),
  );
}
