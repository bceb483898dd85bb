import { CONTACT_ROLES } from "../../../../domain/accounts/contact-row.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, AppPage, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { plain } from "../../words.ts";
import type { ContactFormValues } from "./contact-form-page.tsx";

/** Somebody new at an account, with the role that was missing already chosen. A refused form keeps what was typed. */
export function personFormPage(props: {
  viewer: Viewer;
  account: { id: string; name: string; zone: string };
  typed: ContactFormValues;
  /** Where the form was asked for, and goes back to. */
  back: string;
  problem: Problem | null;
}) {
  const { viewer, account, typed, back, problem } = props;
  const field = (name: string) => ({
    id: name,
    defaultValue: typed.fields[name] ?? "",
    complaint: problem?.place === name ? `${problem.detail} ${problem.remedy}` : undefined,
  });
  // Who has left is recorded by a case, so that somebody looks after what they leave behind.
  const roles = CONTACT_ROLES.filter((role) => role !== "departed");
  return (
    <AppPage viewer={viewer} title={`Add a person to ${account.name}`} styles={["settings"]}>
      <PageHead
        title="Add a person"
        crumbs={[
          { href: "/accounts", name: "Accounts" },
          { href: `/accounts/${account.id}`, name: account.name },
        ]}
      />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      <Card className="form">
        <AppForm viewer={viewer} action={`/accounts/${account.id}/people/new`}>
          <input type="hidden" name="back" value={back} />
          <TextField {...field("name")} label="Name" required autoComplete="off" />
          <TextField {...field("email")} type="email" label="Mail address" autoComplete="off" />
          <TextField {...field("title")} label="Title" autoComplete="off" />
          <div className="inline">
            <TextField
              {...field("zone")}
              label="Time zone"
              hint={`Empty: the account’s, ${account.zone.replaceAll("_", " ")}.`}
            />
            <TextField {...field("language")} label="Language" hint="en, de, … Empty: en." />
          </div>
          <fieldset>
            <legend>Roles</legend>
            <div className="weekdays">
              {roles.map((role) => (
                <label key={role} className="choice">
                  <input
                    type="checkbox"
                    name="roles"
                    value={role}
                    defaultChecked={typed.roles.includes(role)}
                  />
                  {plain(role)}
                </label>
              ))}
            </div>
            <label className="choice">
              <input type="checkbox" name="sponsor" value="yes" defaultChecked={typed.sponsor} />
              <span>
                Decides at this account{" "}
                <span className="hint">Gets the short brief when somebody leaves.</span>
              </span>
            </label>
          </fieldset>
          <div className="buttons">
            <button type="submit">Add</button>
            <a className="button quiet" href={back}>
              Back
            </a>
          </div>
        </AppForm>
      </Card>
    </AppPage>
  );
}
