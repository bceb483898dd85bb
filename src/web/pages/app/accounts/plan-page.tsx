import type { PlanRoom, PlanVersion } from "../../../../operations/plan-room.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { Notice, Said } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Tag, type Tone } from "../../ui/tag.tsx";
import { Time } from "../../ui/time.tsx";
import { count, dateWords, moneyWords, plain } from "../../words.ts";

/** What the customer wants to reach, who agreed to it, and what the product has brought (S0-15, S0-18, S1-24). */
export function planPage(props: {
  viewer: Viewer;
  room: PlanRoom;
  /** The version to read: the one that stands, or an older one. Null: nothing is written down. */
  shown: PlanVersion | null;
  said: string | null;
}) {
  const { viewer, room, shown, said } = props;
  const { account, current } = room;
  const may = viewerMay(viewer, "work-cases");
  const isOld = shown !== null && shown.version !== current?.version;
  return (
    <AppPage viewer={viewer} title={`Success plan of ${account.name}`} styles={["settings"]}>
      <PageHead
        title="Success plan and value"
        crumbs={[
          { href: "/accounts", name: "Accounts" },
          { href: `/accounts/${account.id}`, name: account.name },
        ]}
        actions={
          may ? (
            <>
              <a className="button" href={`/accounts/${account.id}/plan/edit`}>
                {current === null ? "Write the goals down" : "Change the goals"}
              </a>
              <a className="button quiet" href={`/accounts/${account.id}/values/new`}>
                Add a number
              </a>
            </>
          ) : null
        }
      />
      <Said said={said} />
      {isOld ? (
        <Notice tone="informed">
          This is version {shown.version}, as it was.{" "}
          <a href={`/accounts/${account.id}/plan`}>To the one that stands</a>
        </Notice>
      ) : null}
      <div className="cols two">
        <div>
          <Goals shown={shown} />
          <Values viewer={viewer} room={room} />
        </div>
        <div>
          {shown === null ? null : <Yeses viewer={viewer} room={room} shown={shown} isOld={isOld} />}
          <Versions viewer={viewer} room={room} shown={shown} />
        </div>
      </div>
    </AppPage>
  );
}

const stateTones: Readonly<Record<string, Tone>> = { agreed: "good", partly_accepted: "warn" };
const goalTones: Readonly<Record<string, Tone>> = { on_track: "info", done: "good", at_risk: "bad" };

function Goals({ shown }: { shown: PlanVersion | null }) {
  if (shown === null)
    return (
      <Card title="Goals">
        <p className="soft">
          No goals are written down yet. Write what this customer wants to reach, in their words: whoever
          takes over reads it on their page, changes it until it is theirs, and agrees to it with you and
          whoever decides.
        </p>
      </Card>
    );
  return (
    <Card
      title="Goals"
      aside={
        <>
          Version {shown.version} <Tag tone={stateTones[shown.state]}>{plain(shown.state)}</Tag>
        </>
      }
    >
      {shown.direction === "" ? null : <p>{shown.direction}</p>}
      <ul className="rows">
        {shown.goals.map((goal) => (
          <li key={goal.key}>
            <div>
              <p>{goal.status === "dropped" ? <s>{goal.statement}</s> : <strong>{goal.statement}</strong>}</p>
              <p className="small soft">
                {[
                  goal.metric === undefined ? "No measure yet" : `Measured by ${goal.metric}`,
                  goal.target === undefined ? null : `target ${goal.target}`,
                  goal.byDate === undefined ? "no date yet" : `by ${dateWords(goal.byDate)}`,
                ]
                  .filter((part) => part !== null)
                  .join(", ")}
              </p>
            </div>
            <Tag tone={goalTones[goal.status]}>{plain(goal.status)}</Tag>
          </li>
        ))}
      </ul>
    </Card>
  );
}

const parties = { contact: "The contact", sponsor: "The sponsor", csm: "The CSM" } as const;

/** The three of S0-15. The customer's two say yes on their own pages; nobody says it for them. */
function Yeses(props: { viewer: Viewer; room: PlanRoom; shown: PlanVersion; isOld: boolean }) {
  const { viewer, room, shown, isOld } = props;
  const mine = shown.agreements.find(({ party }) => party === "csm");
  return (
    <Card title="Who said yes">
      <ul className="rows">
        {shown.agreements.map(({ party, who, at }) => (
          <li key={party}>
            <div>
              <p>
                {parties[party]}
                {who === null ? "" : ": "}
                {who === null ? null : <bdi>{who}</bdi>}
              </p>
              <p className="small soft">
                {at === null ? isOld ? "Never" : "Not yet" : <Time at={at} zone={viewer.zone} />}
              </p>
            </div>
            <Tag tone={at === null ? undefined : "good"}>{at === null ? "Open" : "Yes"}</Tag>
          </li>
        ))}
      </ul>
      {isOld ? null : (
        <>
          <p className="small soft">
            Contact and sponsor say yes on their own pages. Who changes words, measure or date of a goal asks
            all three anew.
          </p>
          {viewerMay(viewer, "work-cases") && mine?.at === null ? (
            <AppForm viewer={viewer} action={`/accounts/${room.account.id}/plan/accept`}>
              <input type="hidden" name="version" value={shown.version} />
              <button type="submit">Accept version {shown.version} as the CSM</button>
            </AppForm>
          ) : null}
        </>
      )}
    </Card>
  );
}

function Versions({ viewer, room, shown }: { viewer: Viewer; room: PlanRoom; shown: PlanVersion | null }) {
  if (room.versions.length === 0) return null;
  return (
    <Card title="Versions" aside={count(room.versions.length, "version")}>
      <ul className="rows">
        {room.versions.map((one) => (
          <li key={one.version}>
            <div>
              <p>
                {one.version === shown?.version ? (
                  <strong>Version {one.version}</strong>
                ) : (
                  <a href={`/accounts/${room.account.id}/plan?version=${one.version}`}>
                    Version {one.version}
                  </a>
                )}
              </p>
              <p className="small soft">
                <bdi>{one.writtenBy}</bdi>, <Time at={one.createdAt} zone={viewer.zone} />
              </p>
            </div>
            <span className="small soft nowrap">
              {one.agreements.filter(({ at }) => at !== null).length} of 3 said yes
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Values({ viewer, room }: { viewer: Viewer; room: PlanRoom }) {
  const { account, values } = room;
  const may = viewerMay(viewer, "work-cases");
  return (
    <Card title="What it has brought" id="values" aside={count(values.length, "number")}>
      {values.length === 0 ? (
        <p className="soft">
          No number is written down. One that somebody at the customer confirmed stands on the page a contact
          can hand to their boss.
        </p>
      ) : null}
      <ul className="rows">
        {values.map((value) => (
          <li key={value.id}>
            <div>
              <p>
                <strong>{value.metric}</strong>: {value.baseline} → {value.current} {value.unit} (
                {value.period})
                {value.moneyMinor === null ? "" : `, worth ${moneyWords(value.moneyMinor, account.currency)}`}
              </p>
              <p className="small soft">
                {dateWords(value.capturedOn)}, from {value.source}
                {value.confirmedByName === null ? ". Nobody has confirmed it." : `, confirmed by `}
                {value.confirmedByName === null ? null : <bdi>{value.confirmedByName}</bdi>}
              </p>
            </div>
            <span className="tags">
              {value.visibility === "internal" ? (
                <Tag tone="warn">Only we see it</Tag>
              ) : (
                <Tag tone={value.confirmedBy === null ? undefined : "good"}>
                  {value.confirmedBy === null ? "Customer sees it" : "Confirmed"}
                </Tag>
              )}
              {may ? (
                <a className="small" href={`/values/${value.id}`} aria-label={`Change ${value.metric}`}>
                  Change
                </a>
              ) : null}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
