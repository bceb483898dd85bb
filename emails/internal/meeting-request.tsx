import { Label, Panel, Part, Say, Shell, Title } from "./shell.tsx";

export interface MeetingRequestFacts {
  readonly csmFirstName: string;
  readonly contactName: string;
  readonly accountName: string;
  /** What the contact wrote; their words, unchanged. null: nothing. */
  readonly note: string | null;
  /** The chosen slot in the contact's zone and the CSM's, already in words; null: asked without a time. */
  readonly slot: string | null;
  /** What is still open and becomes a ten-minute pre-read. */
  readonly stillOpen: readonly string[];
  readonly caseUrl: string;
}

export const meetingRequestSubject = (facts: MeetingRequestFacts) =>
  `${facts.contactName} (${facts.accountName}) asks for a meeting`;

/** Sent at once, whatever the score: a person who asks to talk is never made to wait for points. */
export function MeetingRequest(facts: MeetingRequestFacts) {
  return (
    <Shell
      title={meetingRequestSubject(facts)}
      preview={facts.slot ? `They chose ${facts.slot}.` : "Please answer within one business day."}
      from={{ name: "Baton", line: "Meeting request" }}
      footer="You get this because you look after this account. Somebody who asks to meet is met, whatever the score says."
    >
      <Title>{`${facts.contactName} asks for a meeting`}</Title>
      <Say quiet>{facts.accountName}</Say>
      {facts.slot && <Say>{`They chose: ${facts.slot}.`}</Say>}
      {facts.note && <Say>{`They wrote: “${facts.note}”`}</Say>}
      <Panel
        label="Do next"
        says={facts.slot ? "Confirm the time within one business day." : "Answer within one business day."}
        href={facts.caseUrl}
        button="Open the case room"
      />
      {facts.stillOpen.length > 0 && (
        <Part afterPanel>
          <Label>Still open, good as a ten-minute pre-read</Label>
          {facts.stillOpen.map((open) => (
            <Say key={open}>{open.charAt(0).toUpperCase() + open.slice(1)}</Say>
          ))}
        </Part>
      )}
    </Shell>
  );
}
