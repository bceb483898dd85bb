import type { EffortEntryShown } from "../../../operations/case-effort.ts";
import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { dateWords } from "../words.ts";
import { EffortCounted, EffortSums, minutesWords } from "./case-effort.tsx";

export interface EffortTyped {
  minutes: string;
  what: string;
  spentOn: string;
}

/** The minutes of one case: how they are counted, those written down, and a form for more. */
export function caseEffortPage(props: {
  viewer: Viewer;
  room: CaseRoom;
  typed: EffortTyped;
  problem: Refusal | null;
  said: string | null;
}) {
  const { viewer, room, said } = props;
  const may = viewerMay(viewer, "work-cases");
  const { entries } = room.effort;
  return (
    <AppPage viewer={viewer} title={`Effort on ${room.account.name}`} styles={["case-room"]}>
      <PageHead
        title="Effort"
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${room.case.id}`, name: room.account.name },
        ]}
      />
      <Said said={said} />
      <div className="cols even">
        <div>
          <Card title="How it is counted" aside="Estimate">
            <EffortSums effort={room.effort} />
            <EffortCounted effort={room.effort} />
          </Card>
        </div>
        <div>
          {may ? <AddForm {...props} /> : null}
          <Card title="Written down by hand" id="entries">
            {entries.length === 0 ? (
              <p className="soft">Nothing yet.</p>
            ) : (
              <ul className="log plain-log">
                {entries.map((entry) => (
                  <Entry key={entry.id} entry={entry} viewer={viewer} may={may} />
                ))}
              </ul>
            )}
          </Card>
        </div>
      </div>
    </AppPage>
  );
}

function AddForm({ viewer, room, typed, problem }: Parameters<typeof caseEffortPage>[0]) {
  const at = (place: string) =>
    problem?.place === place ? `${problem.message} ${problem.remedy}` : undefined;
  return (
    <Card title="Add minutes">
      {problem === null || ["minutes", "what", "spentOn"].includes(problem.place) ? null : (
        <Notice tone="refused" title={problem.message}>
          {problem.remedy}
        </Notice>
      )}
      <AppForm viewer={viewer} action={`/cases/${room.case.id}/effort`}>
        <TextField
          id="minutes"
          label="Minutes"
          inputMode="numeric"
          required
          maxLength={5}
          autoComplete="off"
          defaultValue={typed.minutes}
          complaint={at("minutes")}
        />
        <TextField
          id="what"
          label="What for"
          hint="What nothing here stands for yet: a call, a visit, a look into their numbers."
          required
          maxLength={200}
          defaultValue={typed.what}
          complaint={at("what")}
        />
        <TextField
          id="spentOn"
          type="date"
          label="Day"
          required
          defaultValue={typed.spentOn}
          complaint={at("spentOn")}
        />
        <button type="submit">Add them</button>
      </AppForm>
    </Card>
  );
}

function Entry({ entry, viewer, may }: { entry: EffortEntryShown; viewer: Viewer; may: boolean }) {
  return (
    <li>
      <span>{dateWords(entry.spentOn)}</span>
      <span>
        {minutesWords(entry.minutes)}: {entry.what}
        <span className="hint">
          <bdi>{entry.by}</bdi>
        </span>
        {may ? (
          <AppForm viewer={viewer} action={`/effort/${entry.id}/take-back`}>
            <button className="quiet small" type="submit">
              Take back
              <span className="sr">
                {" "}
                {minutesWords(entry.minutes)} of {dateWords(entry.spentOn)}
              </span>
            </button>
          </AppForm>
        ) : null}
      </span>
    </li>
  );
}
