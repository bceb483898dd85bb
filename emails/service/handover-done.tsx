import { Act, Label, Part, Say, Shell, Title } from "../internal/shell.tsx";
import { saidIn } from "./paragraphs.ts";

export interface HandoverDoneFacts {
  readonly firstName: string;
  readonly csmName: string;
  readonly accountName: string;
  readonly productName: string;
  /** What was agreed when they met, as the CSM wrote it down; null: nothing was. */
  readonly agreed: string | null;
  readonly url: string;
}

export const handoverDoneSubject = (facts: HandoverDoneFacts) =>
  `Thank you, ${facts.firstName}: the handover is done`;

/** The last word of a program that reached its goal: thanks and what holds from here on, and nothing to do. */
export function HandoverDone(facts: HandoverDoneFacts) {
  return (
    <Shell
      title={handoverDoneSubject(facts)}
      preview="No more of these mails, and who to ask from now on."
      from={{ name: facts.csmName, line: `${facts.productName} for ${facts.accountName}` }}
      footer="You get this because you finished the program. It comes once, and no further mail of the program follows."
    >
      <Title>{`Thank you, ${facts.firstName}`}</Title>
      <Say>{`You have taken over ${facts.productName}, and we have met. That was all this program was for, so it ends here.`}</Say>
      {facts.agreed !== null && (
        <Part>
          <Label>What we agreed</Label>
          {saidIn(facts.agreed).map(({ key, lines }) => (
            <Say key={key}>{lines}</Say>
          ))}
        </Part>
      )}
      <Part>
        <Label>Who to ask from now on</Label>
        <Say>{`${facts.csmName}, as before: a reply to this mail is enough.`}</Say>
      </Part>
      <Say>What you wrote and what was said stays on your page. There is nothing left to do there.</Say>
      <Act alone href={facts.url}>
        Open your page
      </Act>
    </Shell>
  );
}
