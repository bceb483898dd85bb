import { Act, Label, Say, Shell, Title } from "./shell.tsx";

export interface CsmTaskFacts {
  readonly csmFirstName: string;
  readonly contactName: string;
  readonly accountName: string;
  readonly text: string;
  readonly detail: string;
  /** As the CSM reads a date: "Tuesday 31 March". null: no date. */
  readonly dueOn: string | null;
  readonly caseUrl: string;
}

export const csmTaskSubject = (facts: CsmTaskFacts) => `${facts.accountName}: ${facts.text}`;

/** A thing only a person can do: the program waits or has stopped asking. */
export function CsmTask(facts: CsmTaskFacts) {
  return (
    <Shell
      title={csmTaskSubject(facts)}
      preview={facts.detail}
      footer="You get this because you look after this account."
    >
      <Label>{facts.dueOn ? `For you, by ${facts.dueOn}` : "For you"}</Label>
      <Title>{facts.text}</Title>
      <Say>{facts.detail}</Say>
      <Say quiet>{`About ${facts.contactName} at ${facts.accountName}.`}</Say>
      <Act href={facts.caseUrl}>Open the case room</Act>
    </Shell>
  );
}
