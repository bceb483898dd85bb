import { Act, Label, Say, Shell, Title } from "./shell.tsx";

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
      preview={facts.slot ?? "Please answer within one business day."}
      footer="You get this because you look after this account."
    >
      <Label>Answer within one business day</Label>
      <Title>{meetingRequestSubject(facts)}</Title>
      {facts.slot && <Say>{`They chose: ${facts.slot}.`}</Say>}
      {facts.note && <Say>{`They wrote: “${facts.note}”`}</Say>}
      {facts.stillOpen.length > 0 && (
        <Say quiet>{`Still open, good as a ten-minute pre-read: ${facts.stillOpen.join("; ")}.`}</Say>
      )}
      <Act href={facts.caseUrl}>Open the case room</Act>
    </Shell>
  );
}
