import type { PersonMove } from "../../../operations/move-enrollments.ts";
import type { PersonOnVersion, VersionWithPeople } from "../../../operations/studio.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { Table } from "../ui/table.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import { count, plain } from "../words.ts";
import { SequenceTabs, subjectWords } from "./studio-parts.tsx";

interface Head {
  viewer: Viewer;
  name: string;
  sequenceKey: string;
  versions: readonly VersionWithPeople[];
}

/** Who is on which version. With the right to publish: choose people and a version to move them to. */
export function studioPeoplePage(
  props: Head & {
    people: readonly PersonOnVersion[];
    total: number;
    page: number;
    perPage: number;
    version: number | null;
    said: string | null;
  },
) {
  const { viewer, name, sequenceKey, versions, people, total, page, perPage, version, said } = props;
  const at = `/studio/${sequenceKey}`;
  const only = version === null ? "" : `&version=${version}`;
  return (
    <AppPage viewer={viewer} title={`People on ${name}`} styles={["studio"]}>
      <PageHead title={name} crumbs={[{ href: "/studio", name: "Studio" }]} />
      <Said said={said} />
      <SequenceTabs name={name} at={at} here="People" />
      <VersionTabs at={at} versions={versions} version={version} />
      <Card title="Who is on it" aside={count(total, "person", "people")}>
        {people.length === 0 ? (
          <Empty
            icon="people"
            title={version === null ? "Nobody is on this program" : "Nobody is on this version"}
            action={
              <a className="button quiet" href="/enroll">
                Enroll a contact
              </a>
            }
          >
            Whoever is enrolled gets the newest version and stays on it until somebody moves them.
          </Empty>
        ) : (
          <form action={`${at}/move`}>
            <People
              people={people}
              choose={mayMove(viewer, versions)}
              newest={versions[0]?.version.version}
            />
            <Pager
              page={page}
              perPage={perPage}
              total={total}
              href={(to) => `${at}/people?page=${to}${only}`}
            />
            {mayMove(viewer, versions) ? <MoveBar versions={versions} /> : null}
          </form>
        )}
      </Card>
    </AppPage>
  );
}

function mayMove(viewer: Viewer, versions: readonly VersionWithPeople[]): boolean {
  return versions.length > 1 && viewerMay(viewer, "publish-sequences");
}

function VersionTabs(props: { at: string; versions: readonly VersionWithPeople[]; version: number | null }) {
  const { at, versions, version } = props;
  if (versions.length < 2) return null;
  const shown = versions.filter((one) => one.people > 0 || one.version.version === version).slice(0, 8);
  return (
    <Tabs
      label="Versions"
      tabs={[
        { href: `${at}/people`, name: "All versions", here: version === null },
        ...shown.map((one) => ({
          href: `${at}/people?version=${one.version.version}`,
          name: `Version ${one.version.version} (${one.people})`,
          here: one.version.version === version,
        })),
      ]}
    />
  );
}

function People(props: { people: readonly PersonOnVersion[]; choose: boolean; newest: number | undefined }) {
  const { people, choose, newest } = props;
  const name = (person: PersonOnVersion) => (
    <>
      <bdi>{person.contactName}</bdi>
      <br />
      <a className="small" href={`/cases/${person.caseId}`}>
        <bdi>{person.accountName}</bdi>
      </a>
    </>
  );
  return (
    <Table
      caption="People on this program"
      rows={people}
      keyOf={({ enrollmentId }) => enrollmentId}
      columns={[
        {
          head: "Person",
          cell: (person) =>
            choose ? (
              <div className="choice">
                <input
                  type="checkbox"
                  name="person"
                  value={person.enrollmentId}
                  aria-label={`Choose ${person.contactName}, ${person.accountName}`}
                />
                <span>{name(person)}</span>
              </div>
            ) : (
              name(person)
            ),
        },
        {
          head: "Version",
          cell: ({ version }) => <Tag tone={version === newest ? "good" : undefined}>Version {version}</Tag>,
        },
        { head: "State", cell: ({ status }) => plain(status) },
        { head: "Sent so far", right: true, cell: ({ done }) => count(done, "step") },
        {
          head: "Comes next",
          cell: ({ next }) => (next === null ? "Every step is out" : subjectWords(next)),
        },
      ]}
    />
  );
}

function MoveBar({ versions }: { versions: readonly VersionWithPeople[] }) {
  return (
    <div className="inline move-bar">
      <SelectField
        id="to"
        label="Move those ticked to"
        options={versions.map(({ version }) => ({
          value: String(version.version),
          label: `Version ${version.version}`,
        }))}
      />
      <button className="quiet" type="submit">
        See what would happen
      </button>
      <p className="small soft">Nothing is moved yet: you see each person’s next step first.</p>
    </div>
  );
}

/** What the move would do to each person; and, when some could not be moved, what it did. */
export function studioMovePage(
  props: Head & {
    to: number;
    people: readonly PersonMove[];
    /** The move was made, and these are the outcomes. */
    done: boolean;
    complaint?: string;
    reason?: string;
  },
) {
  const { viewer, name, sequenceKey, to, people, done } = props;
  const at = `/studio/${sequenceKey}`;
  const moving = people.filter(({ outcome }) => outcome.ok);
  const staying = people.filter(({ outcome }) => !outcome.ok);
  return (
    <AppPage viewer={viewer} title={`Move people to version ${to} of ${name}`} styles={["studio"]}>
      <PageHead
        title={`Move to version ${to}`}
        crumbs={[
          { href: "/studio", name: "Studio" },
          { href: at, name },
          { href: `${at}/people`, name: "People" },
        ]}
      />
      {done ? (
        <Notice tone="said">
          {count(moving.length, "person is", "people are")} on version {to} now, and{" "}
          {count(staying.length, "person stays", "people stay")} where they were.
        </Notice>
      ) : null}
      {moving.length === 0 ? null : (
        <Card title={done ? "Moved" : "What will happen"} aside={count(moving.length, "person", "people")}>
          <p className="small soft">
            Nobody gets a step twice: what went out is known by its key, whatever its new place. Nothing goes
            out because of the move; the next mail comes on its day.
          </p>
          <Moving people={moving} to={to} />
        </Card>
      )}
      {staying.length === 0 ? null : (
        <Card title="Not moved" tone="warned">
          <ul className="rows">
            {staying.map((person) => (
              <li key={person.enrollmentId}>
                <div>
                  <p>
                    <bdi>{person.contactName}</bdi>, <bdi>{person.accountName}</bdi>
                  </p>
                  <p className="small soft">{person.outcome.ok ? "" : person.outcome.why}</p>
                </div>
                <a className="button quiet small" href={`/cases/${person.caseId}`}>
                  Open the case
                </a>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {done || moving.length === 0 ? (
        <p>
          <a className="button quiet" href={`${at}/people`}>
            Back to the people
          </a>
        </p>
      ) : (
        <Confirm {...props} moving={moving} />
      )}
    </AppPage>
  );
}

function Moving({ people, to }: { people: readonly PersonMove[]; to: number }) {
  return (
    <Table
      caption={`People who move to version ${to}`}
      rows={people}
      keyOf={({ enrollmentId }) => enrollmentId}
      columns={[
        {
          head: "Person",
          cell: ({ contactName, accountName, caseId }) => (
            <>
              <bdi>{contactName}</bdi>
              <br />
              <a className="small" href={`/cases/${caseId}`}>
                <bdi>{accountName}</bdi>
              </a>
            </>
          ),
        },
        { head: "From", cell: ({ fromVersion }) => `Version ${fromVersion}` },
        {
          head: "Comes next",
          cell: ({ outcome }) =>
            outcome.ok && outcome.next !== null ? (
              <>
                {subjectWords(outcome.next.subject)}{" "}
                <span className="small soft mono">{outcome.next.key}</span>
              </>
            ) : (
              "Nothing more: every step is behind them"
            ),
        },
        { head: "Also", cell: ({ outcome }) => (outcome.ok ? <Also outcome={outcome} /> : null) },
      ]}
    />
  );
}

function Also({ outcome }: { outcome: Extract<PersonMove["outcome"], { ok: true }> }) {
  const facts = [
    outcome.added.length === 0 ? "" : `New for them: ${outcome.added.join(", ")}.`,
    outcome.dropped.length === 0
      ? ""
      : `Not in the new version, so it does not come: ${outcome.dropped.join(", ")}.`,
    outcome.passedOver.length === 0
      ? ""
      : `Before their place, so it does not come: ${outcome.passedOver.join(", ")}.`,
  ].filter((fact) => fact !== "");
  return <span className="small">{facts.length === 0 ? "The same steps follow." : facts.join(" ")}</span>;
}

function Confirm(props: {
  viewer: Viewer;
  sequenceKey: string;
  to: number;
  moving: readonly PersonMove[];
  complaint?: string;
  reason?: string;
}) {
  const { viewer, sequenceKey, to, moving, complaint, reason } = props;
  return (
    <AppForm viewer={viewer} action={`/studio/${sequenceKey}/move`} className="card next">
      <input type="hidden" name="to" value={to} />
      {moving.map(({ enrollmentId }) => (
        <input key={enrollmentId} type="hidden" name="person" value={enrollmentId} />
      ))}
      <TextField
        id="reason"
        label="Why are they moved?"
        hint="Kept in the audit log with each of them."
        required
        maxLength={300}
        defaultValue={reason}
        complaint={complaint}
      />
      <button type="submit">Move {count(moving.length, "person", "people")}</button>
    </AppForm>
  );
}
