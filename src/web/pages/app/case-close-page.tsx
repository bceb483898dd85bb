import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { CASE_OUTCOMES } from "../../../operations/close-case.ts";
import type { Problem } from "../../problem.ts";
import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { ChoiceCards, SelectField, TextArea } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Time } from "../ui/time.tsx";
import { count, plain } from "../words.ts";
import { CASE_STATUSES } from "./case-statuses.ts";

type Outcome = (typeof CASE_OUTCOMES)[number];

const meanings: Readonly<Record<Outcome, string>> = {
  saved: "They stay: whoever took over is through the program and wants to.",
  extended: "They stay for a while: an agreed end date.",
  downsold: "They stay with less.",
  offboarded: "They left in order, with their data and an open door.",
  lost: "They left.",
  dismissed: "It was no turnover: opened by mistake, or the person stays. Never counted.",
};

/** How a case ends, and until then where it stands. A refused form keeps what was typed. */
export function caseClosePage(props: {
  viewer: Viewer;
  room: CaseRoom;
  typed: { outcome: string; reason: string };
  problem: Problem | null;
}) {
  const { viewer, room, typed, problem } = props;
  const { case: turnover, account } = room;
  return (
    <AppPage viewer={viewer} title={`Close the case of ${account.name}`} styles={["settings"]}>
      <PageHead
        title={turnover.status === "closed" ? "This case is closed" : "Close the case"}
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${turnover.id}`, name: account.name },
        ]}
      />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      {turnover.status === "closed" ? (
        <Closed viewer={viewer} room={room} />
      ) : (
        <div className="cols two">
          <Ending viewer={viewer} room={room} typed={typed} problem={problem} />
          <Standing viewer={viewer} room={room} />
        </div>
      )}
    </AppPage>
  );
}

function Closed({ viewer, room }: { viewer: Viewer; room: CaseRoom }) {
  const { outcome, closedAt } = room.case;
  return (
    <Card className="form">
      <p>
        <strong>{plain(outcome ?? "closed")}</strong>
        {closedAt === null ? null : (
          <>
            , <Time at={closedAt} zone={viewer.zone} />
          </>
        )}
        , after {count(room.daysAtRisk, "day")} at risk.
      </p>
      <p className="soft">What happens at this account from now on is a case of its own.</p>
    </Card>
  );
}

const LIVE: readonly string[] = ["active", "paused", "pending", "blocked"];

function Ending(props: {
  viewer: Viewer;
  room: CaseRoom;
  typed: { outcome: string; reason: string };
  problem: Problem | null;
}) {
  const { viewer, room, typed, problem } = props;
  const running = room.enrollments.filter(({ status }) => LIVE.includes(status));
  return (
    <Card title="How it ended">
      <AppForm viewer={viewer} action={`/cases/${room.case.id}/close`}>
        <ChoiceCards
          name="outcome"
          legend="Outcome"
          chosen={typed.outcome}
          required
          options={CASE_OUTCOMES.map((value) => ({ value, label: plain(value), note: meanings[value] }))}
        />
        <Evidence room={room} />
        <TextArea
          id="reason"
          label="What tells you so"
          hint="A sentence or two, for whoever looks at it in a year."
          defaultValue={typed.reason}
          required
          maxLength={1000}
          complaint={problem?.place === "reason" ? `${problem.detail} ${problem.remedy}` : undefined}
        />
        {running.length === 0 ? null : (
          <p className="small">
            {count(running.length, "program stops", "programs stop")} with it (
            <bdi>{running.map(({ contact }) => contact.name).join(", ")}</bdi>): no further mail goes.
          </p>
        )}
        <div className="buttons">
          <button type="submit">Close the case</button>
          <a className="button quiet" href={`/cases/${room.case.id}`}>
            Back
          </a>
        </div>
      </AppForm>
    </Card>
  );
}

/** A save needs both (S1-36): said before somebody chooses the word, for the numbers to be believed later. */
function Evidence({ room }: { room: CaseRoom }) {
  const contact = room.enrollments.find(({ audience }) => audience === "contact") ?? null;
  const isComplete = contact?.status === "completed";
  const wantsToStay = ["keep", "expand"].includes(contact?.intent?.value ?? "");
  if (isComplete && wantsToStay)
    return <p className="small soft">The program is complete and they said that they stay: a save.</p>;
  const missing = [
    isComplete ? null : "the program is not complete",
    wantsToStay ? null : "nobody has said that they stay",
  ].filter((part) => part !== null);
  return <p className="small soft">What speaks against “Saved” so far: {missing.join(", and ")}.</p>;
}

/** The stages that nothing else moves a case to are a person's to say. */
function Standing({ viewer, room }: { viewer: Viewer; room: CaseRoom }) {
  return (
    <Card title="Not over yet?">
      <AppForm viewer={viewer} action={`/cases/${room.case.id}/status`}>
        <SelectField
          id="status"
          label="Where it stands"
          hint="Aligned: met, and the success plan is agreed again. Confirmed: the program is complete and they said that they stay."
          defaultValue={room.case.status}
          options={CASE_STATUSES.map((value) => ({ value, label: plain(value) }))}
        />
        <button className="quiet" type="submit">
          Set
        </button>
      </AppForm>
    </Card>
  );
}
