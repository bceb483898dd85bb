import type { ReactNode } from "react";
import type { Contact } from "../../../drivers/store/generated/client.ts";
import { SelectField, TextField } from "../ui/field.tsx";
import { Avatar } from "../ui/person.tsx";
import { plain } from "../words.ts";
import { complaintAt, type Typed } from "./enroll-frame.tsx";

interface Choice {
  value: string;
  label: ReactNode;
  note?: ReactNode;
}

/** Radio buttons as cards with a complaint of their own. */
export function Choices(props: {
  name: string;
  legend: string;
  options: readonly Choice[];
  chosen: string;
  typed: Typed;
  required?: boolean;
  className?: string;
}) {
  const { name, legend, options, chosen, typed, required = false, className } = props;
  const complaint = complaintAt(typed, name);
  return (
    <fieldset
      className={className}
      aria-describedby={complaint === undefined ? undefined : `${name}-complaint`}
    >
      <legend>{legend}</legend>
      {complaint === undefined ? null : (
        <p className="complaint" id={`${name}-complaint`}>
          {complaint}
        </p>
      )}
      <div className="choices">
        {options.map((option) => (
          <label className="choice" key={option.value}>
            <input
              type="radio"
              name={name}
              value={option.value}
              defaultChecked={option.value === chosen}
              required={required}
            />
            <span>
              <strong>{option.label}</strong>
              {option.note === undefined ? null : <span className="hint">{option.note}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface PeopleProps {
  legend: string;
  people: readonly Contact[];
  inAll: number;
  sponsorId: string | null;
  /** The answer for somebody who is not in the list, and its words. */
  newLabel: string;
  /** An answer for nobody at all, and its words. */
  nobody?: { label: string; note: string };
  chosen: string;
  typed: Typed;
  children: ReactNode;
}

/** Choose a person of the account, or write down a new one: the fields for it open with the choice. */
export function PeopleChoice(props: PeopleProps) {
  const { people, inAll, sponsorId, newLabel, nobody, chosen, typed, legend, children } = props;
  const complaint = complaintAt(typed, "who");
  return (
    <>
      <fieldset aria-describedby={complaint === undefined ? undefined : "who-complaint"}>
        <legend>{legend}</legend>
        {complaint === undefined ? null : (
          <p className="complaint" id="who-complaint">
            {complaint}
          </p>
        )}
        <div className={people.length > 4 ? "choices people long" : "choices people"}>
          {people.map((person) => (
            <label className="choice" key={person.id}>
              <input
                type="radio"
                name="who"
                value={person.id}
                defaultChecked={person.id === chosen}
                required
              />
              <Avatar name={person.name} small />
              <span>
                <strong>
                  <bdi>{person.name}</bdi>
                </strong>
                <span className="hint">{factsOf(person, sponsorId)}</span>
              </span>
            </label>
          ))}
        </div>
        <div className="choices">
          <label className="choice">
            <input type="radio" name="who" value="new" defaultChecked={chosen === "new"} required />
            <span>
              <strong>{newLabel}</strong>
              {inAll > people.length + 1 ? (
                <span className="hint">
                  The likeliest {people.length} of {inAll} are above. Anybody else is found by their address.
                </span>
              ) : null}
            </span>
          </label>
          {nobody === undefined ? null : (
            <label className="choice">
              <input type="radio" name="who" value="nobody" defaultChecked={chosen === "nobody"} required />
              <span>
                <strong>{nobody.label}</strong>
                <span className="hint">{nobody.note}</span>
              </span>
            </label>
          )}
        </div>
      </fieldset>
      <div className="when-new">{children}</div>
    </>
  );
}

function factsOf(person: Contact, sponsorId: string | null): string {
  const facts = [
    person.title,
    person.id === sponsorId ? "Sponsor" : null,
    person.roles.includes("poc") ? "Main contact" : null,
    person.email === null ? "No mail address" : null,
    ["ok", "soft_bouncing"].includes(person.mailStatus)
      ? null
      : `Mail: ${plain(person.mailStatus).toLowerCase()}`,
  ];
  return facts.filter((fact) => fact !== null && fact !== "").join(" · ");
}

/** Name, address and title of somebody new. */
export function PersonFields({ typed }: { typed: Typed }) {
  const { values } = typed;
  return (
    <div className="pair">
      <TextField
        id="name"
        label="Name"
        maxLength={200}
        defaultValue={values["name"] ?? ""}
        autoComplete="off"
        dir="auto"
        complaint={complaintAt(typed, "name")}
      />
      <TextField
        id="email"
        label="Mail address"
        inputMode="email"
        maxLength={320}
        defaultValue={values["email"] ?? ""}
        autoComplete="off"
        complaint={complaintAt(typed, "email")}
      />
      <TextField
        id="title"
        label="Title"
        maxLength={200}
        defaultValue={values["title"] ?? ""}
        autoComplete="off"
        dir="auto"
        complaint={complaintAt(typed, "title")}
      />
    </div>
  );
}

/** A zone with all its names to choose from; what is typed is checked by the server. */
export function ZoneField(props: { typed: Typed; label: string; standing: string }) {
  const { typed, label, standing } = props;
  return (
    <>
      <TextField
        id="zone"
        label={label}
        list="zones"
        maxLength={60}
        defaultValue={typed.values["zone"] ?? standing}
        autoComplete="off"
        complaint={complaintAt(typed, "zone")}
      />
      <datalist id="zones">
        {ZONES.map((zone) => (
          <option key={zone} value={zone} />
        ))}
      </datalist>
    </>
  );
}

const ZONES = Intl.supportedValuesOf("timeZone").filter(
  (zone) => zone.includes("/") && !zone.startsWith("Etc/"),
);

const LANGUAGES = ["en", "de", "fr", "es", "it", "nl", "pt", "pl", "sv", "nb", "da", "fi", "cs", "ja", "ar"];
const languageNames = new Intl.DisplayNames("en", { type: "language" });

export function LanguageField({ typed }: { typed: Typed }) {
  const chosen = typed.values["language"] ?? "en";
  const codes =
    LANGUAGES.includes(chosen) || !/^[a-z]{2,3}$/.test(chosen) ? LANGUAGES : [...LANGUAGES, chosen];
  return (
    <SelectField
      id="language"
      label="Language"
      defaultValue={chosen}
      complaint={complaintAt(typed, "language")}
      options={codes.map((code) => ({ value: code, label: languageNames.of(code) ?? code }))}
    />
  );
}
