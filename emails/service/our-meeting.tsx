import { Label, Panel, Part, Say, Shell, Title } from "../internal/shell.tsx";

export interface OurMeetingFacts {
  readonly firstName: string;
  readonly csmName: string;
  readonly accountName: string;
  readonly productName: string;
  /** The time on the reader's own clock, in words with its zone. */
  readonly yourTime: string;
  /** The same on the CSM's clock; null when both read the same. */
  readonly theirTime: string | null;
  readonly minutes: number;
  readonly agenda: readonly string[];
  /** What would make the meeting worth more, for ten minutes at most; empty: nothing is left. */
  readonly preRead: readonly { readonly text: string; readonly minutes: number }[];
  readonly pageUrl: string;
  /** The meeting as a calendar file. */
  readonly fileUrl: string;
}

export const ourMeetingSubject = (facts: OurMeetingFacts) => `Our meeting: ${facts.yourTime}`;

/** The time that was agreed, once for each time: by mail, because a page is nothing to hold on to. */
export function OurMeeting(facts: OurMeetingFacts) {
  const total = facts.preRead.reduce((sum, { minutes }) => sum + minutes, 0);
  return (
    <Shell
      title={ourMeetingSubject(facts)}
      preview={`${facts.minutes} minutes with ${facts.csmName}.`}
      from={{ name: facts.csmName, line: `${facts.productName} for ${facts.accountName}` }}
      footer="You get this because a time was agreed with you. It is no part of the program: it comes once for each time."
    >
      <Title>{`Hello ${facts.firstName}`}</Title>
      <Say>{`We meet on ${facts.yourTime}, for ${facts.minutes} minutes.`}</Say>
      {facts.theirTime && <Say quiet>{`For ${facts.csmName} that is ${facts.theirTime}.`}</Say>}
      <Panel
        label="Keep the time"
        says="Put it in your calendar."
        href={facts.fileUrl}
        button="Add to your calendar"
      />
      {facts.preRead.length > 0 && (
        <Part afterPanel>
          <Label>{`${total} minutes before we meet, if you have them`}</Label>
          {facts.preRead.map(({ text, minutes }) => (
            <Say key={text}>{`${text} (${minutes} min)`}</Say>
          ))}
        </Part>
      )}
      {facts.agenda.length > 0 && (
        <Part afterPanel={facts.preRead.length === 0}>
          <Label>What we would talk about</Label>
          {facts.agenda.map((point, place) => (
            <Say key={point}>{`${place + 1}. ${point}`}</Say>
          ))}
        </Part>
      )}
      <Say>
        <a className="acc" href={facts.pageUrl} style={{ color: "inherit" }}>
          Change the agenda or the time on your page
        </a>
      </Say>
      <Say quiet>{`Cannot make it? Just reply: it reaches ${facts.csmName}.`}</Say>
    </Shell>
  );
}
