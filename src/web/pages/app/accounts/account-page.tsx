import type { AccountRoom } from "../../../../operations/account-room.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { CsvLink } from "../../ui/csv-link.tsx";
import { ChoiceCards, SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { Said } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Person } from "../../ui/person.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Time } from "../../ui/time.tsx";
import { count, dateWords, moneyWords, plain } from "../../words.ts";
import { MailState } from "./mail-state.tsx";

/** What the story is made of, in the order people look for it (S0-22, S0-26). */
export const storyKinds = [
  "milestone",
  "decision",
  "value",
  "issue",
  "setup",
  "quirk",
  "shorthand",
  "person",
  "open_item",
  "meeting",
  "change",
  "note",
] as const;

/** One customer: facts, people, cases, the story so far, and what would start if somebody left today. */
export function accountPage(props: {
  viewer: Viewer;
  room: AccountRoom;
  today: string;
  said: string | null;
}) {
  const { viewer, room, today, said } = props;
  const { account } = room;
  const open = room.cases.find((one) => one.status !== "closed");
  return (
    <AppPage viewer={viewer} title={account.name}>
      <PageHead
        title={account.name}
        crumbs={[{ href: "/accounts", name: "Accounts" }]}
        meta={
          <>
            <Tag>{plain(account.segment)}</Tag>
            <Tag>{plain(account.tier)} tier</Tag>
            <span className="soft">
              {moneyWords(account.arrMinor, account.currency)}
              {account.renewalOn === null ? ", no renewal date" : `, renews ${dateWords(account.renewalOn)}`}
            </span>
          </>
        }
        actions={
          <>
            {open === undefined ? (
              viewerMay(viewer, "work-cases") ? (
                <a className="button" href={`/enroll?account=${account.id}`}>
                  Somebody left
                </a>
              ) : null
            ) : (
              <a className="button" href={`/cases/${open.id}`}>
                Open case
              </a>
            )}
            {viewerMay(viewer, "manage-accounts") ? (
              <a className="button quiet" href={`/accounts/${account.id}/edit`}>
                Edit
              </a>
            ) : null}
          </>
        }
      />
      <Said said={said} />
      <div className="cols two">
        <div>
          <People room={room} viewer={viewer} />
          <Story room={room} viewer={viewer} />
          {viewerMay(viewer, "work-cases") ? (
            <AddToStory viewer={viewer} accountId={account.id} today={today} />
          ) : null}
        </div>
        <div>
          <PlanAndValue room={room} />
          <Facts room={room} />
          <IfSomebodyLeft room={room} />
          <Cases room={room} zone={viewer.zone} />
        </div>
      </div>
    </AppPage>
  );
}

function People({ room, viewer }: { room: AccountRoom; viewer: Viewer }) {
  const here = room.contacts.filter((contact) => !contact.roles.includes("departed"));
  const gone = room.contacts.filter((contact) => contact.roles.includes("departed"));
  return (
    <Card title="People" aside={count(here.length, "person", "people")}>
      {here.length === 0 ? <p className="soft">Nobody is on record here.</p> : null}
      <ul className="rows">
        {[...here, ...gone].map((contact) => (
          <li key={contact.id}>
            <div>
              <a href={`/contacts/${contact.id}`} className="quietly">
                <Person name={contact.name}>
                  {[contact.title, contact.email].filter((part) => part !== null).join(" · ")}
                </Person>
              </a>
            </div>
            <span className="tags">
              {contact.id === room.account.sponsorContactId ? <Tag tone="info">Sponsor</Tag> : null}
              {contact.enrolled ? <Tag tone="good">In a program</Tag> : null}
              {contact.roles.map((role) => (
                <Tag key={role}>{plain(role)}</Tag>
              ))}
              <MailState status={contact.mailStatus} />
            </span>
          </li>
        ))}
      </ul>
      {room.account.sponsorContactId === null ? (
        <p className="soft small">
          Nobody is named as the one who decides: a gap that shows when somebody leaves.
        </p>
      ) : null}
      {viewerMay(viewer, "manage-accounts") ? (
        <p className="buttons">
          <a className="button quiet small" href={`/accounts/${room.account.id}/people/new`}>
            Add a person
          </a>
          {here.length === 0 ? null : (
            <a className="button quiet small" href={`/accounts/${room.account.id}/sponsor`}>
              {room.account.sponsorContactId === null ? "Name the sponsor" : "Change the sponsor"}
            </a>
          )}
        </p>
      ) : null}
    </Card>
  );
}

function PlanAndValue({ room }: { room: AccountRoom }) {
  const { plan, account } = room;
  return (
    <Card title="Success plan and value">
      <p className={plan === null ? "soft" : undefined}>
        {plan === null
          ? "No goals are written down yet."
          : `${count(plan.goals, "goal")}, ${plan.accepted} of 3 have said yes.`}{" "}
        {room.values.length === 0 ? "" : `${count(room.values.length, "number")} on what it has brought.`}
      </p>
      <p>
        <a className="button quiet small" href={`/accounts/${account.id}/plan`}>
          Success plan and value
        </a>
      </p>
    </Card>
  );
}

function Facts({ room }: { room: AccountRoom }) {
  const { account } = room;
  const facts: [string, string | null][] = [
    ["Owner", account.csm?.name ?? "Nobody"],
    ["Product", room.product],
    ["Industry", account.industry],
    ["Domains", account.domains.join(", ") || null],
    ["Time zone", account.zone.replaceAll("_", " ")],
    ["Holidays of", account.holidayCountry],
    [
      "Own days off",
      account.closedDays.length === 0 ? null : account.closedDays.map((day) => dateWords(day)).join(", "),
    ],
    ["Reference", account.externalRef],
  ];
  return (
    <Card title="Facts">
      <dl className="facts">
        {facts
          .filter(([, value]) => value !== null)
          .map(([name, value]) => (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
      </dl>
    </Card>
  );
}

const arrivals: Readonly<Record<string, string>> = {
  internal: "Somebody from inside takes over",
  external_new_function: "Somebody new to the function",
  ex_competitor: "Somebody who used a competitor",
};

function IfSomebodyLeft({ room }: { room: AccountRoom }) {
  return (
    <Card title="If the main contact left today">
      <dl>
        {room.plans.map((plan) => (
          <div key={plan.replacementType}>
            <dt>
              <strong>{arrivals[plan.replacementType] ?? plain(plan.replacementType)}</strong>
            </dt>
            <dd className="small">
              {plan.sequenceKey === null ? (
                <span className="soft">{plan.reason}</span>
              ) : (
                <>
                  <a href={`/studio/${plan.sequenceKey}`}>{plain(plan.sequenceKey)}</a>
                  {plan.sponsorKey === null ? "" : " with a brief for the sponsor"}.{" "}
                  <span className="soft">{plan.reason}</span>
                </>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Cases({ room, zone }: { room: AccountRoom; zone: string }) {
  return (
    <Card title="Cases">
      {room.cases.length === 0 ? (
        <p className="soft">Nobody has left this account yet.</p>
      ) : (
        <ul className="rows">
          {room.cases.map((one) => (
            <li key={one.id}>
              <div>
                <a href={`/cases/${one.id}`}>{one.who ?? "Somebody"} left</a>
                <p className="small soft">
                  <Time at={one.detectedAt} zone={zone} />
                </p>
              </div>
              <Tag tone={one.status === "closed" ? undefined : "info"}>
                {plain(one.outcome ?? one.status)}
              </Tag>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Story({ room, viewer }: { room: AccountRoom; viewer: Viewer }) {
  return (
    <Card title="The story so far" aside={count(room.story.length + room.values.length, "entry", "entries")}>
      {room.story.length + room.values.length === 0 ? (
        <p className="soft">
          Nothing is written down. What was decided, what works and what is odd here: whoever takes over reads
          it first.
        </p>
      ) : null}
      <ul className="rows">
        {room.values.map((value) => (
          <li key={value.id}>
            <div>
              <p className="small soft">
                {dateWords(value.capturedOn)} · Value{value.confirmedBy === null ? "" : " · confirmed"}
              </p>
              <p>
                {value.metric}: {value.baseline} → {value.current} {value.unit} ({value.period})
              </p>
            </div>
          </li>
        ))}
        {room.story.map((entry) => (
          <li key={entry.id}>
            <div>
              <p className="small soft">
                {dateWords(entry.date)} · {plain(entry.kind)}{" "}
                {entry.visibility === "internal" ? <Tag tone="warn">Only we see it</Tag> : null}
              </p>
              <p>{entry.text}</p>
              {entry.why === null ? null : <p className="small soft">Why: {entry.why}</p>}
            </div>
          </li>
        ))}
      </ul>
      {room.story.length > 0 && viewerMay(viewer, "export") ? (
        <p>
          <CsvLink href={`/accounts/${room.account.id}/timeline.csv`}>Story as CSV</CsvLink>
        </p>
      ) : null}
    </Card>
  );
}

function AddToStory({ viewer, accountId, today }: { viewer: Viewer; accountId: string; today: string }) {
  return (
    <details className="card" id="add">
      <summary>Add to the story</summary>
      <AppForm viewer={viewer} action={`/accounts/${accountId}/story`}>
        <div className="inline">
          <SelectField
            id="kind"
            label="What it is"
            options={storyKinds.map((kind) => ({ value: kind, label: plain(kind) }))}
          />
          <TextField id="date" type="date" label="When" defaultValue={today} required />
        </div>
        <TextArea id="text" label="In a sentence" required maxLength={2000} />
        <TextField
          id="why"
          label="Why"
          hint="For a decision: the reason, so that nobody undoes it by accident."
        />
        <ChoiceCards
          name="visibility"
          legend="Who may read it"
          chosen="internal"
          required
          options={[
            { value: "internal", label: "Only we", note: "Never on a customer’s page and in no mail." },
            {
              value: "customer",
              label: "The customer too",
              note: "Stands on the page of whoever takes over.",
            },
          ]}
        />
        <button type="submit">Add</button>
      </AppForm>
    </details>
  );
}
