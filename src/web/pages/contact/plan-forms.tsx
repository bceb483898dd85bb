import type { PageGoal, PagePlan, PageValue } from "../../../operations/page-parts.ts";
import { Icon } from "../ui/icon.tsx";
import { plain } from "../words.ts";
import { ActForm, Choice, Kept, TextField } from "./act-form.tsx";
import { type FormContext, isChosen } from "./form-context.ts";
import { OnDate, type Reader, When } from "./reader-time.tsx";

const partyWords = { contact: "Main contact", sponsor: "Sponsor", csm: "Customer success manager" } as const;

/** Goals with keep, change or drop; and acceptance of the plan as it stands. */
export function Goals({
  plan,
  context,
  party,
  reader,
  main = true,
}: {
  plan: PagePlan | null;
  context: FormContext;
  party: "contact" | "sponsor";
  reader: Reader;
  /** Agreeing is what the page asks for first; else its button is a quiet one. */
  main?: boolean;
}) {
  if (plan === null || plan.goals.length === 0)
    return <p className="soft">No goals are written down yet. Your priorities are the best start.</p>;
  const review = (
    <ActForm context={context} form="goals" act="goals-reviewed">
      {plan.goals.map((goal) => (
        <GoalFields key={goal.key} goal={goal} context={context} reader={reader} />
      ))}
      <button className={party === "contact" ? undefined : "quiet"} type="submit">
        Save what you decided
      </button>
    </ActForm>
  );
  const used = context.typed?.form === "goals" || context.saved === "goals";
  return (
    <>
      {plan.direction === "" ? null : <p>{plan.direction}</p>}
      {party === "contact" && context.live ? review : <GoalLines goals={plan.goals} reader={reader} />}
      <Acceptance plan={plan} context={context} party={party} reader={reader} main={main} />
      {party === "contact" || !context.live ? null : (
        <details className="fold" open={used}>
          <summary>Change or drop a goal</summary>
          {review}
        </details>
      )}
    </>
  );
}

function GoalLines({ goals, reader }: { goals: readonly PageGoal[]; reader: Reader }) {
  return (
    <ul className="plain story">
      {goals.map((goal) => (
        <li key={goal.key}>
          <p>
            <strong>
              <bdi>{goal.statement}</bdi>
            </strong>
          </p>
          <GoalDetails goal={goal} reader={reader} />
        </li>
      ))}
    </ul>
  );
}

/** What it is measured by, how it stands and by when. */
function GoalDetails({ goal, reader }: { goal: PageGoal; reader: Reader }) {
  const details = [
    goal.metric === null ? null : `measured by ${goal.metric}`,
    goal.target === null ? null : `target ${goal.target}`,
    goal.status === "not_started" ? null : plain(goal.status).toLowerCase(),
  ].filter((part) => part !== null);
  if (details.length === 0 && goal.byDate === null) return null;
  return (
    <p className="soft small">
      {details.join(" · ")}
      {goal.byDate === null ? null : (
        <>
          {details.length === 0 ? "" : " · "}by <OnDate date={goal.byDate} reader={reader} />
        </>
      )}
    </p>
  );
}

function GoalFields(props: { goal: PageGoal; context: FormContext; reader: Reader }) {
  const { goal, context, reader } = props;
  const decision = `decision.${goal.key}`;
  const changing = isChosen(context, "goals", decision, "change", false);
  return (
    <fieldset>
      <legend>
        <bdi>{goal.statement}</bdi>
      </legend>
      <GoalDetails goal={goal} reader={reader} />
      <div className="picks">
        <Choice context={context} form="goals" name={decision} value="keep" label="Keep it" />
        <Choice context={context} form="goals" name={decision} value="change" label="Change it" />
        <Choice context={context} form="goals" name={decision} value="drop" label="Drop it" />
      </div>
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

/** The plan counts once three people have said yes (S0-15): who has, who has not. */
function Acceptance(props: {
  plan: PagePlan;
  context: FormContext;
  party: "contact" | "sponsor";
  reader: Reader;
  main: boolean;
}) {
  const { plan, context, party, reader, main } = props;
  const own = plan.acceptances.find((acceptance) => acceptance.party === party);
  const missing = plan.acceptances.filter(({ at }) => at === null).length;
  return (
    <div className="row" id="agreement">
      <h3>Who has agreed</h3>
      <ul className="plain agreed">
        {plan.acceptances.map((one) => (
          <li key={one.party}>
            <span className={one.at === null ? "mark later" : "mark done"} aria-hidden="true">
              {one.at === null ? null : <Icon name="check" />}
            </span>
            <span>
              <strong>
                <bdi>{one.party === party ? "You" : (one.name ?? partyWords[one.party])}</bdi>
              </strong>
              <span className="soft small">
                {one.party === party || one.name === null ? "" : `, ${partyWords[one.party].toLowerCase()}`}
              </span>
              <br />
              <span className="small soft">
                {one.at === null ? (
                  "Not yet"
                ) : (
                  <>
                    Agreed on <When at={one.at} reader={reader} />
                  </>
                )}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {own?.at == null ? (
        <ActForm
          context={context}
          form="agreement"
          act="agreement-accepted"
          fields={{ version: String(plan.version) }}
        >
          <button className={main ? undefined : "quiet"} type="submit">
            I agree to these goals as they stand
          </button>
        </ActForm>
      ) : (
        <>
          <Kept context={context} form="agreement" />
          <p className="soft">
            {missing === 0
              ? "All three have agreed: this is the plan."
              : "It counts once all three have said yes. Changing a goal asks everybody again."}
          </p>
        </>
      )}
    </div>
  );
}

/** Those that nobody has confirmed come first; all of them have a page of their own. */
const SHOWN = 1;

/** Numbers to confirm or correct; the confirmed ones can be handed on (S0-46). */
export function Values(props: { values: readonly PageValue[]; context: FormContext; share: string | null }) {
  const { values, context, share } = props;
  if (values.length === 0) return null;
  const shown = [...values].sort((a, b) => Number(a.confirmed) - Number(b.confirmed)).slice(0, SHOWN);
  return (
    <>
      <p className="soft">These numbers are yours to use. Say if one should read differently.</p>
      {share === null ? null : (
        <p className="share">
          <a className="button quiet small" href={share}>
            Open the page for your boss
          </a>
          <span className="soft small">
            One printable page with confirmed results only. Its address can be forwarded; it opens nothing
            else.
          </span>
        </p>
      )}
      {shown.map((value) => {
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
                label="If it should read differently: your number"
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
      {values.length > SHOWN ? (
        <p>
          <a href={`${context.address}/value-so-far`}>All {values.length} numbers</a>
        </p>
      ) : null}
    </>
  );
}
