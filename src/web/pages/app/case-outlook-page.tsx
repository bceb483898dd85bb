import { LONGEST_OVERRIDE_DAYS } from "../../../domain/turnover/override.ts";
import type { ShownOverride } from "../../../operations/case-overrides.ts";
import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Time } from "../ui/time.tsx";
import { dateWords } from "../words.ts";
import { OutlookCard, outlookWords } from "./case-outlook.tsx";

export interface OutlookTyped {
  outlook: string;
  reason: string;
  untilOn: string;
}

/** A person's word against the rules: proposed here with a reason and an end, decided on the manager's board. */
export function caseOutlookPage(props: {
  viewer: Viewer;
  room: CaseRoom;
  typed: OutlookTyped | null;
  problem: Refusal | null;
}) {
  const { viewer, room } = props;
  const { past } = room.overrides;
  return (
    <AppPage viewer={viewer} title={`Outlook of ${room.account.name}`} styles={["case-room"]}>
      <PageHead
        title="Outlook"
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${room.case.id}`, name: room.account.name },
        ]}
      />
      <div className="cols even">
        <div>
          <OutlookCard room={room} viewer={viewer} />
          <Card title="What the rules say">
            <p>{outlookWords[room.ruledOutlook.value]}, because:</p>
            <ul>
              {room.ruledOutlook.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          </Card>
        </div>
        {viewerMay(viewer, "work-cases") && room.case.status !== "closed" ? <ProposeForm {...props} /> : null}
      </div>
      {past.length === 0 ? null : (
        <Card title="Before">
          <ul className="log plain-log">
            {past.map((one) => (
              <Past key={one.id} one={one} zone={viewer.zone} />
            ))}
          </ul>
        </Card>
      )}
    </AppPage>
  );
}

function ProposeForm({ viewer, room, typed, problem }: Parameters<typeof caseOutlookPage>[0]) {
  const other = room.ruledOutlook.value === "high_risk" ? "expect_save" : "high_risk";
  const chosen = typed?.outlook ?? other;
  const at = (place: string) =>
    problem?.place === place ? `${problem.message} ${problem.remedy}` : undefined;
  return (
    <Card title="Say otherwise">
      {problem === null || ["reason", "untilOn"].includes(problem.place) ? null : (
        <Notice tone="refused" title={problem.message}>
          {problem.remedy}
        </Notice>
      )}
      <AppForm viewer={viewer} action={`/cases/${room.case.id}/outlook`}>
        <fieldset>
          <legend>What you expect</legend>
          <div className="inline-choices">
            {(["expect_save", "high_risk"] as const).map((value) => (
              <label className="choice" key={value}>
                <input type="radio" name="outlook" value={value} defaultChecked={chosen === value} />
                <span>{outlookWords[value]}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <TextArea
          id="reason"
          label="What the rules do not see"
          rows={3}
          required
          maxLength={1000}
          defaultValue={typed?.reason ?? ""}
          complaint={at("reason")}
        />
        <TextField
          id="untilOn"
          type="date"
          label="Until and with"
          hint={`At most ${LONGEST_OVERRIDE_DAYS} days ahead. Then the rules count again by themselves.`}
          required
          defaultValue={typed?.untilOn ?? ""}
          complaint={at("untilOn")}
        />
        <p className="small soft">
          Nothing changes before a manager approves it.
          {room.overrides.waiting === null ? "" : " It takes the place of the one that waits."}
        </p>
        <button type="submit">Propose it</button>
      </AppForm>
    </Card>
  );
}

function Past({ one, zone }: { one: ShownOverride; zone: string }) {
  return (
    <li>
      <Time at={one.decidedAt ?? one.proposedAt} zone={zone} />
      <span>
        {outlookWords[one.outlook]}, until {dateWords(one.untilOn)}: “{one.reason}”
        <span className="hint">
          {one.proposedBy}; {becameOf(one)}
        </span>
      </span>
    </li>
  );
}

function becameOf({ status, decidedBy, answer }: ShownOverride): string {
  if (status === "refused") return `refused by ${decidedBy ?? "a manager"}: ${answer ?? ""}`;
  if (status === "replaced") return "replaced by a later one";
  return status === "approved"
    ? `approved by ${decidedBy ?? "a manager"}, over now`
    : "nobody decided in time";
}
