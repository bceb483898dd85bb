import { Act, Label, Part, Say, Shell, Title } from "../internal/shell.tsx";
import { saidIn } from "./paragraphs.ts";

export interface QuestionAnsweredFacts {
  readonly firstName: string;
  readonly csmName: string;
  readonly accountName: string;
  readonly productName: string;
  /** In the contact's own words. */
  readonly question: string;
  /** As it was written, with its lines. */
  readonly answer: string;
  readonly url: string;
}

export const questionAnsweredSubject = (facts: QuestionAnsweredFacts) =>
  `Your question was answered: ${shortened(facts.question)}`;

/** The answer itself, so that nobody has to open a page to read it; the page is for going on. */
export function QuestionAnswered(facts: QuestionAnsweredFacts) {
  return (
    <Shell
      title={questionAnsweredSubject(facts)}
      preview={shortened(facts.answer)}
      from={{ name: facts.csmName, line: `${facts.productName} for ${facts.accountName}` }}
      footer="You get this because you asked. It is no part of the program: it comes once, and only for this question."
    >
      <Title>{`Hello ${facts.firstName}`}</Title>
      <Say>{`You asked: “${facts.question}”`}</Say>
      <Part>
        <Label>{`The answer from ${facts.csmName}`}</Label>
        {saidIn(facts.answer).map(({ key, lines }) => (
          <Say key={key}>{lines}</Say>
        ))}
      </Part>
      <Act alone href={facts.url}>
        Open your page
      </Act>
      <Say quiet>{`Not quite what you meant? Just reply: it reaches ${facts.csmName}.`}</Say>
    </Shell>
  );
}

const SUBJECT_WORDS = 60;

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= SUBJECT_WORDS) return line;
  const cut = line.slice(0, SUBJECT_WORDS);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), 20))} …`;
}
