import type { PageGoal, PagePlan, PageValue } from "../../../operations/page-parts.ts";
import { dateWords, plain } from "../words.ts";
import { ActForm, Choice, type FormContext, isChosen, TextField } from "./act-form.tsx";

const partyWords = { contact: "Main contact", sponsor: "Sponsor", csm: "Customer success manager" } as const;

/** Goals with keep, change or drop; and acceptance of the plan as it stands. */
export function Goals({
  plan,
  context,
  party,
}: {
  plan: PagePlan | null;
  context: FormContext;
  party: "contact" | "sponsor";
}) {
  return (
    <section className="card" id="goals">
      <h2>{party === "contact" ? "Your goals" : "The goals"}</h2>
      {plan === null || plan.goals.length === 0 ? (
        <p className="soft">No goals are written down yet. Your priorities below are the best start.</p>
      ) : (
        <>
          {plan.direction === "" ? null : <p>{plan.direction}</p>}
          <ActForm context={context} form="goals" act="goals-reviewed">
            {plan.goals.map((goal) => (
              <GoalFields key={goal.key} goal={goal} context={context} />
            ))}
            <button type="submit">Save what you decided</button>
          </ActForm>
          {context.live ? null : (
            <ul>
              {plan.goals.map((goal) => (
                <li key={goal.key}>{goal.statement}</li>
              ))}
            </ul>
          )}
          <Acceptance plan={plan} context={context} party={party} />
        </>
      )}
    </section>
  );
}

function GoalFields({ goal, context }: { goal: PageGoal; context: FormContext }) {
  const decision = `decision.${goal.key}`;
  const details = [
    goal.metric === null ? null : `measured by ${goal.metric}`,
    goal.target === null ? null : `target ${goal.target}`,
    goal.byDate === null ? null : `by ${dateWords(goal.byDate)}`,
    goal.status === "not_started" ? null : plain(goal.status).toLowerCase(),
  ].filter((part) => part !== null);
  const changing = isChosen(context, "goals", decision, "change", false);
  return (
    <fieldset>
      <legend>{goal.statement}</legend>
      {details.length === 0 ? null : <p className="soft small">{details.join(" · ")}</p>}
      <Choice context={context} form="goals" name={decision} value="keep" label="Keep it" />
      <Choice context={context} form="goals" name={decision} value="change" label="Change it" />
      <Choice context={context} form="goals" name={decision} value="drop" label="Drop it" />
      <details className="fold" open={changing}>
        <summary>New words, a date, or why</summary>
        <TextField
          context={context}
          form="goals"
          name={`statement.${goal.key}`}
          label="The goal in your words"
          long
        />
        <TextField context={context} form="goals" name={`byDate.${goal.key}`} label="By when" kind="date" />
        <TextField context={context} form="goals" name={`why.${goal.key}`} label="Why" />
      </details>
    </fieldset>
  );
}

function Acceptance({
  plan,
  context,
  party,
}: {
  plan: PagePlan;
  context: FormContext;
  party: "contact" | "sponsor";
}) {
  const own = plan.acceptances.find((acceptance) => acceptance.party === party);
  return (
    <div className="row" id="agreement">
      <p className="small soft">
        {plan.acceptances
          .map(
            (one) =>
              `${partyWords[one.party]}: ${one.at === null ? "not yet agreed" : `agreed ${dateWords(one.at)}`}`,
          )
          .join(" · ")}
      </p>
      {own?.at === null || own === undefined ? (
        <ActForm
          context={context}
          form="agreement"
          act="agreement-accepted"
          fields={{ version: String(plan.version) }}
        >
          <button className="quiet" type="submit">
            I agree to these goals as they stand
          </button>
        </ActForm>
      ) : (
        <p>You agreed to version {plan.version} of this plan. Changing a goal makes a new version.</p>
      )}
    </div>
  );
}

export function Values({ values, context }: { values: readonly PageValue[]; context: FormContext }) {
  if (values.length === 0) return null;
  return (
    <section className="card" id="value">
      <h2>What it has been worth</h2>
      <p className="soft">These numbers are yours to use. Say if one is wrong.</p>
      {values.map((value) => {
        const form = `value:${value.id}`;
        return (
          <fieldset key={value.id} className="row">
            <legend>
              {value.metric}: {value.current} {value.unit}
            </legend>
            <p className="soft small">
              Before: {value.baseline} {value.unit} · {value.period}
              {value.confirmed ? " · confirmed by your team" : ""}
            </p>
            <ActForm context={context} form={form} act="value-reviewed" fields={{ value: value.id }}>
              <TextField
                context={context}
                form={form}
                name="correction"
                label="If it is wrong: the right number"
              />
              <div className="buttons">
                <button className="quiet small" type="submit" name="decision" value="confirm">
                  This is right
                </button>
                <button className="quiet small" type="submit" name="decision" value="correct">
                  Use my number
                </button>
              </div>
            </ActForm>
          </fieldset>
        );
      })}
    </section>
  );
}
