import { CONTACT_ROLES } from "../../../../domain/accounts/contact-row.ts";
import type { Contact } from "../../../../drivers/store/generated/client.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice, Said } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Time } from "../../ui/time.tsx";
import { plain } from "../../words.ts";
import type { Typed } from "./account-form-page.tsx";
import { MailState } from "./mail-state.tsx";

export interface ContactFormValues {
  fields: Typed;
  roles: readonly string[];
  sponsor: boolean;
}

/** One person of a customer: what is known of them, what is held about them, and how that is erased. */
export function contactFormPage(props: {
  viewer: Viewer;
  contact: Contact;
  account: { id: string; name: string };
  programs: readonly { id: string; caseId: string; name: string; status: string }[];
  typed: ContactFormValues;
  problem: Problem | null;
  said: string | null;
}) {
  const { viewer, contact, account, programs, typed, problem, said } = props;
  return (
    <AppPage viewer={viewer} title={contact.name} styles={["settings"]}>
      <PageHead
        title={contact.name}
        crumbs={[
          { href: "/contacts", name: "People" },
          { href: `/accounts/${account.id}`, name: account.name },
        ]}
        meta={<MailState status={contact.mailStatus} />}
      />
      <Said said={said} />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      <div className="cols two">
        <Card title="What is known">
          <ContactFields viewer={viewer} contact={contact} typed={typed} problem={problem} />
        </Card>
        <div>
          <Card title="Programs">
            {programs.length === 0 ? <p className="soft">In none so far.</p> : null}
            <ul className="rows">
              {programs.map((program) => (
                <li key={program.id}>
                  <a href={`/cases/${program.caseId}`}>{program.name}</a>
                  <Tag>{plain(program.status)}</Tag>
                </li>
              ))}
            </ul>
          </Card>
          <Held viewer={viewer} contact={contact} />
        </div>
      </div>
    </AppPage>
  );
}

function ContactFields(props: {
  viewer: Viewer;
  contact: Contact;
  typed: ContactFormValues;
  problem: Problem | null;
}) {
  const { viewer, contact, typed, problem } = props;
  const locked = !viewerMay(viewer, "manage-accounts");
  const field = (name: string) => ({
    id: name,
    defaultValue: typed.fields[name] ?? "",
    complaint: problem?.place === name ? `${problem.detail} ${problem.remedy}` : undefined,
    disabled: locked,
  });
  const unknown = { value: "", label: "Not known" };
  const choices = (values: readonly string[]) => [
    unknown,
    ...values.map((value) => ({ value, label: plain(value) })),
  ];
  return (
    <AppForm viewer={viewer} action={`/contacts/${contact.id}`}>
      <div className="inline">
        <TextField {...field("name")} label="Name" required />
        <TextField {...field("first_name")} label="First name" hint="As mails greet them." />
      </div>
      <TextField {...field("email")} type="email" label="Mail address" />
      <TextField {...field("title")} label="Title" />
      <div className="inline">
        <TextField {...field("zone")} label="Time zone" hint="Empty: the account’s." />
        <TextField {...field("language")} label="Language" hint="en, de, …" />
      </div>
      <div className="inline">
        <SelectField
          {...field("stance")}
          label="Stands for us as"
          options={choices(["advocate", "supporter", "neutral", "sceptic", "detractor"])}
        />
        <SelectField {...field("influence")} label="Influence" options={choices(["low", "med", "high"])} />
      </div>
      <div className="inline">
        <TextField {...field("start_on")} type="date" label="There since" />
        <TextField {...field("end_on")} type="date" label="There until" />
      </div>
      <fieldset disabled={locked}>
        <legend>Roles</legend>
        <div className="weekdays">
          {CONTACT_ROLES.map((role) => (
            <label key={role} className="choice">
              <input type="checkbox" name="roles" value={role} defaultChecked={typed.roles.includes(role)} />
              {plain(role)}
            </label>
          ))}
        </div>
        <label className="choice">
          <input type="checkbox" name="sponsor" value="yes" defaultChecked={typed.sponsor} />
          <span>
            Decides at this account <span className="hint">Gets the short brief when somebody leaves.</span>
          </span>
        </label>
      </fieldset>
      <TextField {...field("external_ref")} label="Reference" hint="Their id in your CRM." disabled />
      {locked ? null : <button type="submit">Save</button>}
    </AppForm>
  );
}

function Held({ viewer, contact }: { viewer: Viewer; contact: Contact }) {
  if (contact.erasedAt !== null)
    return (
      <Card title="What is held about them">
        <p>
          Erased <Time at={contact.erasedAt} zone={viewer.zone} />. Only numbers, dates and a keyed hash of
          the address are left.
        </p>
      </Card>
    );
  return (
    <Card title="What is held about them">
      <p className="soft">
        They can take it along and ask for its removal on their own page; you can do it for them here.
      </p>
      {viewerMay(viewer, "export") ? (
        <p className="buttons">
          <a className="button quiet small" href={`/contacts/${contact.id}/data.json`}>
            <Icon name="download" />
            JSON
          </a>
          <a className="button quiet small" href={`/contacts/${contact.id}/data.csv`}>
            <Icon name="download" />
            CSV
          </a>
        </p>
      ) : null}
      {viewerMay(viewer, "erase") ? (
        <details className="fold">
          <summary>Erase this person</summary>
          <AppForm viewer={viewer} action={`/contacts/${contact.id}/erase`}>
            <p>
              Name, address, everything they wrote, the mails and every trace of a visit go for good. Numbers
              stay.
            </p>
            <TextArea id="reason" label="Who asked for it, and when" required maxLength={500} />
            <label className="choice">
              <input type="checkbox" name="sure" value="yes" required />
              This cannot be undone, and I am sure.
            </label>
            <button className="danger" type="submit">
              Erase for good
            </button>
          </AppForm>
        </details>
      ) : (
        <p className="small soft">Only an admin can erase a person.</p>
      )}
    </Card>
  );
}
