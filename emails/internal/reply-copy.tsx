import { Panel, Say, Shell, Title } from "./shell.tsx";

export interface ReplyCopyFacts {
  readonly contactName: string;
  readonly accountName: string;
  /** The address it came from, when the contact did not write it or nobody can say so; null: it is theirs. */
  readonly notFromThem: string | null;
  readonly subject: string;
  /** Their words, unchanged, without what they quoted. */
  readonly text: string;
  readonly caseUrl: string;
}

export const replyCopySubject = (facts: ReplyCopyFacts) =>
  facts.notFromThem === null
    ? `${facts.contactName} (${facts.accountName}) wrote: ${facts.subject}`
    : `Somebody wrote about ${facts.contactName} (${facts.accountName}): ${facts.subject}`;

/** A copy of what somebody answered to a mail of their program: the answer to this goes to them. */
export function ReplyCopy(facts: ReplyCopyFacts) {
  const known = facts.notFromThem === null;
  return (
    <Shell
      title={replyCopySubject(facts)}
      preview={facts.text.slice(0, 140)}
      from={{ name: "Baton", line: "An answer to your program's mail" }}
      footer="You get this because your name stands under that mail. Attachments are not in this copy."
    >
      <Title>{known ? `${facts.contactName} wrote to you` : "Somebody else wrote to you"}</Title>
      <Say quiet>{`${facts.contactName} · ${facts.accountName}`}</Say>
      {!known && (
        <Say>
          {`It came from ${facts.notFromThem}, and that ${facts.contactName} wrote it is not confirmed. Nothing counts because of it.`}
        </Say>
      )}
      {paragraphs(facts.text).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the same paragraph may stand there twice, and none ever moves
        <Say key={index}>{paragraph}</Say>
      ))}
      <Panel
        label="Do next"
        says={
          known
            ? `Answer this mail: it goes to ${facts.contactName}. The program waits until then.`
            : "Answer this mail only if you know who wrote it."
        }
        href={facts.caseUrl}
        button="Open the case room"
      />
    </Shell>
  );
}

const paragraphs = (text: string): string[] =>
  text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter(Boolean);
