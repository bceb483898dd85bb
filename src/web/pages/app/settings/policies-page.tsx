import {
  POLICY_ROLES,
  POLICY_WORDS,
  ROLE_WORDS,
  readPolicyRules,
  SEGMENT_WORDS,
  SEGMENTS,
} from "../../../../domain/sequences/choose-policy.ts";
import type { Policy } from "../../../../domain/sequences/policy.ts";
import { POLICIES } from "../../../../domain/sequences/sequence.ts";
import type { Workspace } from "../../../../drivers/store/generated/client.ts";
import { AppForm, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField } from "../../ui/field.tsx";
import { SettingsPage } from "./settings-page.tsx";

interface Row {
  name: string;
  label: string;
  policy: Policy | undefined;
}

/** A small table: who gets how much of a program. What is said here is proposed; a CSM may choose otherwise. */
export function policiesPage(props: { viewer: Viewer; workspace: Workspace; said: string | null }) {
  const { viewer, workspace, said } = props;
  const rules = readPolicyRules(workspace.policyRules);
  const change = viewerMay(viewer, "manage-settings");
  const roles = POLICY_ROLES.map((role) => ({
    name: `role.${role}`,
    label: ROLE_WORDS[role],
    policy: rules.roles[role],
  }));
  const segments = SEGMENTS.map((segment) => ({
    name: `segment.${segment}`,
    label: `${SEGMENT_WORDS[segment]} accounts`,
    policy: rules.segments[segment],
  }));
  const tables = (
    <div className="cols even">
      <Rows
        title="By role"
        note="Comes first. Whoever has several roles gets what the uppermost of them says."
        rows={roles}
        change={change}
      />
      <Rows
        title="By segment"
        note="For whom no role says anything. Who is in neither list gets Standard."
        rows={segments}
        change={change}
      />
    </div>
  );
  return (
    <SettingsPage viewer={viewer} here="/settings/policies" title="How much of a program" said={said}>
      <Card>
        <p>
          <strong>Light</strong> has the essential mails only. <strong>Standard</strong> has what most people
          get. <strong>Full</strong> also sends what others get only if they ask. This is what is proposed
          when somebody is enrolled; whoever enrolls them can choose otherwise. Programs that run stay as they
          began.
        </p>
      </Card>
      {change ? (
        <AppForm viewer={viewer} action="/settings/policies">
          {tables}
          <button type="submit">Save</button>
        </AppForm>
      ) : (
        tables
      )}
    </SettingsPage>
  );
}

function Rows(props: { title: string; note: string; rows: readonly Row[]; change: boolean }) {
  const { title, note, rows, change } = props;
  return (
    <Card title={title}>
      <p className="small soft">{note}</p>
      {change ? (
        rows.map(({ name, label, policy }) => (
          <SelectField
            key={name}
            id={name}
            label={label}
            defaultValue={policy ?? ""}
            options={[
              { value: "", label: "Nothing said" },
              ...POLICIES.map((value) => ({ value, label: POLICY_WORDS[value] })),
            ]}
          />
        ))
      ) : (
        <dl className="facts">
          {rows.map(({ name, label, policy }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>{policy === undefined ? "Nothing said" : POLICY_WORDS[policy]}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}
