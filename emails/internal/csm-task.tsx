import { Panel, Say, Shell, Title } from "./shell.tsx";

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
      from={{ name: "Baton", line: "A task for you" }}
      {...(facts.dueOn ? { aside: `by ${facts.dueOn}` } : {})}
      footer="You get this because you look after this account."
    >
      <Title>{facts.text}</Title>
      <Say quiet>{`${facts.contactName} · ${facts.accountName}`}</Say>
      <Say>{facts.detail}</Say>
      <Panel
        label="Do next"
        says={facts.dueOn ? `Settle this by ${facts.dueOn}.` : "Settle this when you can."}
        href={facts.caseUrl}
        button="Open the case room"
      />
    </Shell>
  );
}
