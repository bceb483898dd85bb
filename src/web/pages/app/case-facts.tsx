import type { ReactNode } from "react";
import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { count, dateWords, plain } from "../words.ts";

interface FactsProps {
  room: CaseRoom;
  viewer: Viewer;
}

/** The facts as they are known, and a small form for each that is not (domain.md F 2). */
export function Facts({ room, viewer }: FactsProps) {
  const { case: turnover } = room;
  const may = viewerMay(viewer, "work-cases") && turnover.status !== "closed";
  return (
    <Card
      title="What happened"
      id="facts"
      aside={may ? <a href={`/cases/${turnover.id}/facts`}>Correct</a> : undefined}
    >
      <dl className="facts">
        <Fact name="Left">
          {room.departed === null ? "Not recorded" : <bdi>{room.departed.name}</bdi>}
          {turnover.departureEffectiveOn === null ? "" : `, ${dateWords(turnover.departureEffectiveOn)}`}
        </Fact>
        {turnover.departureReason === null ? null : <Fact name="Why">{plain(turnover.departureReason)}</Fact>}
        {turnover.destination === "unknown" ? null : (
          <Fact name="Went to">
            {plain(turnover.destination)}
            {turnover.newCompany === null ? "" : `, ${turnover.newCompany}`}
          </Fact>
        )}
        <Fact name="Heard from">
          {plain(turnover.detectionSource)}, {dateWords(turnover.detectedAt)}
          {room.lagDays === null || room.lagDays === 0
            ? ""
            : `, ${count(room.lagDays, "day")} after they left`}
        </Fact>
        {turnover.roleOutcome === "unknown" ? null : (
          <Fact name="The role">{plain(turnover.roleOutcome)}</Fact>
        )}
        <Fact name="Takes over">
          {room.replacement === null ? "Nobody yet" : <bdi>{room.replacement.name}</bdi>}
          {turnover.replacementType === null
            ? ""
            : `, ${arrivals[turnover.replacementType]?.toLowerCase() ?? ""}`}
          {turnover.competitorKey === null
            ? ""
            : `, from ${room.competitors.find(({ key }) => key === turnover.competitorKey)?.name ?? plain(turnover.competitorKey)}`}
        </Fact>
        <Fact name="Sponsor">
          {room.sponsor === null ? "Nobody recorded" : <bdi>{room.sponsor.name}</bdi>}
        </Fact>
        <Fact name="CSM">{room.csm === null ? "Nobody owns it" : <bdi>{room.csm.name}</bdi>}</Fact>
      </dl>
      {room.missing.length === 0 ? null : (
        <>
          <h3>Still to find out</h3>
          {room.missing.map((gap) => (
            <Gap key={gap.field} gap={gap} room={room} viewer={viewer} may={may} />
          ))}
        </>
      )}
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

/** What is kept with the account and not with the case: the page below the account's that takes it, and what is done there. */
const onTheAccount: Readonly<Record<string, { place: string; label: string; returns?: true }>> = {
  sponsorContactId: { place: "/sponsor", label: "name the sponsor", returns: true },
  successPlan: { place: "/plan/edit", label: "write the goals down" },
  renewalOn: { place: "/edit#renewal_on", label: "on the account" },
  csmId: { place: "/edit#csm", label: "on the account" },
};

function Gap(props: FactsProps & { gap: { field: string; text: string }; may: boolean }) {
  const { gap, room, viewer, may } = props;
  if (!may) return <p className="gap soft">{gap.text}</p>;
  const there = onTheAccount[gap.field];
  if (there !== undefined) {
    const back = there.returns ? `?back=/cases/${room.case.id}` : "";
    return (
      <p className="gap">
        {gap.text}: <a href={`/accounts/${room.account.id}${there.place}${back}`}>{there.label}</a>
      </p>
    );
  }
  return (
    <details className="gap fold">
      <summary>{gap.text}</summary>
      {/* A fragment inside a closed fold opens it: the button in the head leads right to the form. */}
      <div id={`capture-${gap.field}`}>
        <FactForm field={gap.field} room={room} viewer={viewer} />
      </div>
    </details>
  );
}

export const arrivals: Readonly<Record<string, string>> = {
  internal: "From inside the company",
  external_new_function: "From outside, new to this work",
  ex_competitor: "From outside, knows another product",
};
const outcomes = {
  replacing: "Somebody takes over",
  merging: "Merged into another role",
  leaving_space: "The company stops this kind of work",
};
const destinations = {
  external: "Another company",
  internal: "Another role inside",
  retired: "Retired",
  leave: "On leave",
};
const reasons = {
  new_job: "A new job",
  promotion: "Promoted",
  retired: "Retired",
  leave: "Leave",
  restructure: "Restructuring",
  unknown: "Nobody will say",
};

const optionsOf = (words: Readonly<Record<string, string>>) => [
  { value: "", label: "Choose" },
  ...Object.entries(words).map(([value, label]) => ({ value, label })),
];

/** One fact, one form; it shows what is recorded now. */
export function FactForm({ field, room, viewer }: FactsProps & { field: string }) {
  const id = `fact-${field}`;
  return (
    <AppForm viewer={viewer} action={`/cases/${room.case.id}/facts`}>
      <input type="hidden" name="field" value={field} />
      <FactInput field={field} id={id} room={room} />
      <button className="small" type="submit">
        Save
      </button>
    </AppForm>
  );
}

function FactInput({ field, id, room }: { field: string; id: string; room: CaseRoom }) {
  const { case: turnover } = room;
  const choice = (label: string, words: Readonly<Record<string, string>>, value: string | null) => (
    <SelectField
      id={id}
      name="value"
      label={label}
      options={optionsOf(words)}
      defaultValue={value ?? ""}
      required
    />
  );
  switch (field) {
    case "replacementContactId":
      return <WhoTakesOver id={id} room={room} />;
    case "replacementType":
      return choice("How they arrive", arrivals, turnover.replacementType);
    case "competitorKey":
      return choice(
        "The product they used",
        Object.fromEntries(room.competitors.map(({ key, name }) => [key, name])),
        turnover.competitorKey,
      );
    case "roleOutcome":
      return choice("What happens to the role", outcomes, turnover.roleOutcome);
    case "departureReason":
      return choice("Why they left", reasons, turnover.departureReason);
    case "departureEffectiveOn":
      return (
        <TextField
          id={id}
          name="value"
          type="date"
          label="Their last day"
          required
          defaultValue={turnover.departureEffectiveOn?.toISOString().slice(0, 10) ?? ""}
        />
      );
    default:
      return (
        <>
          {choice("Where they went", destinations, turnover.destination)}
          <TextField
            id={`${id}-company`}
            name="newCompany"
            label="Company, if known"
            maxLength={200}
            defaultValue={turnover.newCompany ?? ""}
          />
        </>
      );
  }
}

function WhoTakesOver({ id, room }: { id: string; room: CaseRoom }) {
  const people = room.contacts.filter(
    (contact) => contact.id !== room.case.departedContactId && !contact.roles.includes("departed"),
  );
  return (
    <>
      <SelectField
        id={id}
        name="value"
        label="A contact of the account"
        defaultValue={room.replacement?.id ?? ""}
        options={[
          { value: "", label: "Somebody new, named below" },
          ...people.map((contact) => ({
            value: contact.id,
            label: contact.title === null ? contact.name : `${contact.name}, ${contact.title}`,
          })),
        ]}
      />
      <div className="inline">
        <TextField id={`${id}-name`} name="name" label="Name" maxLength={200} autoComplete="off" />
        <TextField
          id={`${id}-email`}
          name="email"
          type="email"
          label="Mail address"
          maxLength={254}
          autoComplete="off"
        />
        <TextField id={`${id}-title`} name="title" label="Title" maxLength={200} autoComplete="off" />
      </div>
      <p />
    </>
  );
}
