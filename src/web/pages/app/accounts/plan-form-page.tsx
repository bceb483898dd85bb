import { GOAL_STATUSES } from "../../../../domain/accounts/success-plan.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, AppPage, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { plain } from "../../words.ts";

export const GOAL_FIELDS = ["key", "statement", "metric", "target", "byDate", "status"] as const;
export type TypedGoal = Record<(typeof GOAL_FIELDS)[number], string>;

export interface PlanFormValues {
  /** The version that is being changed; 0: none yet. */
  version: number;
  direction: string;
  goals: readonly TypedGoal[];
}

/** Room for more goals than there are: without script a form cannot grow. */
const BLANK_ROWS = 2;
const blank: TypedGoal = {
  key: "",
  statement: "",
  metric: "",
  target: "",
  byDate: "",
  status: "not_started",
};

/** The goals as one form. A refused one keeps what was typed, with the complaint at its field. */
export function planFormPage(props: {
  viewer: Viewer;
  account: { id: string; name: string };
  typed: PlanFormValues;
  problem: Problem | null;
}) {
  const { viewer, account, typed, problem } = props;
  const isNew = typed.version === 0;
  const title = isNew ? "Write the goals down" : "Change the goals";
  const complaint = (place: string) =>
    problem?.place === place ? `${problem.detail} ${problem.remedy}` : undefined;
  const rows = [...typed.goals, ...Array.from({ length: BLANK_ROWS }, () => blank)];
  return (
    <AppPage viewer={viewer} title={title} styles={["settings"]}>
      <PageHead
        title={title}
        crumbs={[
          { href: `/accounts/${account.id}`, name: account.name },
          { href: `/accounts/${account.id}/plan`, name: "Success plan" },
        ]}
      />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}{" "}
          {problem.code === "plan-changed" ? (
            <>
              <a href={`/accounts/${account.id}/plan`}>Version {typed.version}</a> is replaced by what stands
              here if you send it again.
            </>
          ) : null}
        </Notice>
      )}
      <AppForm viewer={viewer} action={`/accounts/${account.id}/plan/edit`}>
        <input type="hidden" name="version" value={typed.version} />
        <Card className="form">
          <TextArea
            id="direction"
            label="Direction"
            hint="In a sentence: what all of it is for. The goals follow from it."
            defaultValue={typed.direction}
            maxLength={500}
            complaint={complaint("direction")}
          />
        </Card>
        {rows.map((goal, index) => (
          <GoalFields key={goal.key || `row-${index}`} goal={goal} index={index} complaint={complaint} />
        ))}
        <p className="soft small">
          Empty goals are left out; after saving there is room for more. Changed words, measures and dates
          make a new version that everybody is asked about; a changed state alone does not.
        </p>
        <div className="buttons">
          <button type="submit">Save</button>
          <a className="button quiet" href={`/accounts/${account.id}/plan`}>
            Back
          </a>
        </div>
      </AppForm>
    </AppPage>
  );
}

function GoalFields(props: {
  goal: TypedGoal;
  index: number;
  complaint: (place: string) => string | undefined;
}) {
  const { goal, index, complaint } = props;
  const field = (name: Exclude<keyof TypedGoal, "key">) => ({
    id: `goals.${index}.${name}`,
    defaultValue: goal[name],
    complaint: complaint(`goals.${index}.${name}`),
  });
  return (
    <Card className="form" title={goal.key === "" ? `Goal ${index + 1}, new` : `Goal ${index + 1}`}>
      <input type="hidden" name={`goals.${index}.key`} value={goal.key} />
      <TextArea
        {...field("statement")}
        label="What they want to reach"
        hint="In the customer’s own words."
        maxLength={500}
      />
      <div className="inline">
        <TextField {...field("metric")} label="Measured by" maxLength={200} />
        <TextField {...field("target")} label="Target" maxLength={200} />
      </div>
      <div className="inline">
        <TextField {...field("byDate")} type="date" label="By" />
        <SelectField
          {...field("status")}
          label="State"
          options={GOAL_STATUSES.map((value) => ({ value, label: plain(value) }))}
        />
      </div>
    </Card>
  );
}
