import { type Role, roles } from "../../../../domain/access/capabilities.ts";
import type { User } from "../../../../drivers/store/generated/client.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, roleWords, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Person } from "../../ui/person.tsx";
import { Table } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { count, plain } from "../../words.ts";
import { SettingsPage } from "./settings-page.tsx";

export interface UserRow {
  id: string;
  name: string;
  email: string;
  title: string | null;
  roles: string[];
  status: string;
  hasPhoto: boolean;
  accounts: number;
  sessions: number;
}

/** The people of the vendor and what each may do. */
export function usersPage(props: { viewer: Viewer; users: readonly UserRow[]; said: string | null }) {
  const { viewer, users, said } = props;
  const change = viewerMay(viewer, "manage-settings");
  return (
    <SettingsPage viewer={viewer} here="/settings/users" title="Users" said={said}>
      <Card
        title="People"
        aside={
          change ? (
            <a className="button small" href="/settings/users/new">
              Add a person
            </a>
          ) : (
            count(users.length, "person", "people")
          )
        }
      >
        <Table
          caption="People and their roles"
          rows={users}
          keyOf={(user) => user.id}
          columns={[
            {
              head: "Person",
              cell: (user) => (
                <Person name={user.name} photo={user.hasPhoto ? `/settings/users/${user.id}/photo` : null}>
                  {user.email}
                </Person>
              ),
            },
            { head: "Roles", cell: (user) => user.roles.map(roleWords).join(", ") },
            { head: "Accounts", right: true, cell: (user) => user.accounts },
            { head: "Signed in", right: true, cell: (user) => count(user.sessions, "browser") },
            {
              head: "State",
              cell: (user) => (
                <Tag tone={user.status === "active" ? "good" : "warn"}>{plain(user.status)}</Tag>
              ),
            },
            ...(change
              ? [
                  {
                    head: "Change",
                    cell: (user: UserRow) => (
                      <a href={`/settings/users/${user.id}`} aria-label={`Change ${user.name}`}>
                        Change
                      </a>
                    ),
                  },
                ]
              : []),
          ]}
        />
      </Card>
      <RolesExplained />
    </SettingsPage>
  );
}

const meanings: Readonly<Record<Role, string>> = {
  csm: "works on cases: opens, enrolls, answers, books, escalates; imports and exports accounts",
  cs_leader: "all of that, publishes sequences, and reads the audit log",
  manager: "reads everything on customers, exports, looks before a meeting is scheduled",
  author: "writes sequences and submits them",
  approver: "publishes sequences, or sends them back",
  sales: "reads",
  support: "reads",
  admin:
    "everything, and is the only one who changes settings, users, tokens and webhooks, or erases a person",
  viewer: "reads",
};

function RolesExplained() {
  return (
    <details className="card">
      <summary>What each role may do</summary>
      <dl className="facts">
        {roles.map((role) => (
          <div key={role} className="contents">
            <dt>{roleWords(role)}</dt>
            <dd>{meanings[role]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

export interface UserFormValues {
  name: string;
  email: string;
  title: string;
  zone: string;
  roles: readonly string[];
  status: string;
}

/** One person, new (`user` null) or known. A refused form keeps what was typed. */
export function userPage(props: {
  viewer: Viewer;
  user: User | null;
  typed: UserFormValues;
  problem: Problem | null;
}) {
  const { viewer, user, typed, problem } = props;
  const complaint = (place: string) => (problem?.place === place ? problem.detail : undefined);
  return (
    <SettingsPage
      viewer={viewer}
      here="/settings/users"
      title={user === null ? "Add a person" : user.name}
      said={null}
    >
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      <Card className="form">
        <AppForm
          viewer={viewer}
          action={user === null ? "/settings/users/new" : `/settings/users/${user.id}`}
        >
          <TextField
            id="name"
            label="Name"
            defaultValue={typed.name}
            required
            complaint={complaint("name")}
          />
          <TextField
            id="email"
            type="email"
            label="Mail address"
            hint="They sign in with it. Mails to contacts come from it, so replies reach them."
            defaultValue={typed.email}
            required
            complaint={complaint("email")}
          />
          <TextField id="title" label="Title" defaultValue={typed.title} complaint={complaint("title")} />
          <TextField
            id="zone"
            label="Time zone"
            hint="A name like Europe/Oslo."
            defaultValue={typed.zone}
            required
            complaint={complaint("zone")}
          />
          <fieldset aria-invalid={complaint("roles") === undefined ? undefined : true}>
            <legend>Roles</legend>
            {roles.map((role) => (
              <label key={role} className="choice">
                <input
                  type="checkbox"
                  name="roles"
                  value={role}
                  defaultChecked={typed.roles.includes(role)}
                />
                <span>
                  {roleWords(role)} <span className="hint">{meanings[role]}</span>
                </span>
              </label>
            ))}
          </fieldset>
          <SelectField
            id="status"
            label="State"
            hint="Who has left can no longer sign in; their accounts stay and need a new owner."
            defaultValue={typed.status}
            options={[
              { value: "active", label: "Active" },
              { value: "leaving", label: "Leaving" },
              { value: "left", label: "Left" },
            ]}
          />
          <div className="buttons">
            <button type="submit">{user === null ? "Add" : "Save"}</button>
            <a className="button quiet" href="/settings/users">
              Back
            </a>
          </div>
          {user === null ? null : (
            <p className="hint">A change of roles, address or state signs them out everywhere at once.</p>
          )}
        </AppForm>
      </Card>
    </SettingsPage>
  );
}
