import { Say, Shell } from "../internal/shell.tsx";

export interface SponsorBriefFacts {
  readonly subject: string;
  /** Plain paragraphs as the CSM approved them; lines that begin with "- " are a list. */
  readonly body: string;
  readonly csmName: string;
  readonly workspaceName: string;
}

export const sponsorBriefSubject = (facts: SponsorBriefFacts) => facts.subject;

/** What a CSM wrote to the sponsor: their words and nothing of ours around them. */
export function SponsorBrief(facts: SponsorBriefFacts) {
  return (
    <Shell
      title={facts.subject}
      from={{ name: facts.csmName, line: facts.workspaceName }}
      preview={facts.body.replaceAll(/\s+/g, " ").slice(0, 120)}
      footer={`${facts.csmName} wrote this to you at ${facts.workspaceName}. Your answer to this mail reaches them.`}
    >
      {facts.body.split(/\n{2,}/).map((paragraph, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: paragraphs of a text that is never reordered
        <Say key={index}>
          <Lines text={paragraph} />
        </Say>
      ))}
    </Shell>
  );
}

function Lines({ text }: { text: string }) {
  return text.split("\n").map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of a text that is never reordered
    <span key={index}>
      {index === 0 ? null : <br />}
      {line.startsWith("- ") ? `• ${line.slice(2)}` : line}
    </span>
  ));
}
