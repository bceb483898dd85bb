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
  /** What stands in it: words there count less than in the title. */
  readonly text?: string;
}

/** A word of the title says what it is about; one word of the text may stand there by chance, two rarely do. */
const TITLE_WEIGHT = 3;
const LEAST = 2;

/**
 * The resources that share most words with a question, best first, at most three. Offered beside the
 * question box, never instead of asking (S0-28).
 *
 * @param everywhere words that stand in every title here, such as the account's name: they tell nothing apart
 */
export function suggestResources<T extends Suggestible>(
  question: string,
  resources: readonly T[],
  everywhere = "",
): T[] {
  const names = topicWords(everywhere);
  const asked = [...topicWords(question)].filter((word) => !names.has(word));
  return resources
    .map((resource) => {
      const titled = topicWords(`${resource.title} ${resource.topics.join(" ")}`);
      const written = topicWords(resource.text ?? "");
      const score = asked.reduce(
        (sum, word) => sum + (titled.has(word) ? TITLE_WEIGHT : written.has(word) ? 1 : 0),
        0,
      );
      return { resource, score };
    })
    .filter(({ score }) => score >= LEAST)
    .sort((a, b) => b.score - a.score)
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
