import type { ValueStatement } from "../../../../drivers/store/generated/client.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, AppPage, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { ChoiceCards, SelectField, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import type { Typed } from "./account-form-page.tsx";

/** One number, new (`value` null) or known. Of a known one only who sees it and who confirmed it can change. */
export function valueFormPage(props: {
  viewer: Viewer;
  account: { id: string; name: string; currency: string };
  contacts: readonly { id: string; name: string }[];
  value: ValueStatement | null;
  typed: Typed;
  problem: Problem | null;
}) {
  const { viewer, account, contacts, value, typed, problem } = props;
  const field = (name: string) => ({
    id: name,
    defaultValue: typed[name] ?? "",
    complaint: problem?.place === name ? `${problem.detail} ${problem.remedy}` : undefined,
  });
  const title = value === null ? "Add a number" : value.metric;
  return (
    <AppPage viewer={viewer} title={title} styles={["settings"]}>
      <PageHead
        title={title}
        crumbs={[
          { href: `/accounts/${account.id}`, name: account.name },
          { href: `/accounts/${account.id}/plan#values`, name: "Success plan and value" },
        ]}
      />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      <Card className="form">
        <AppForm
          viewer={viewer}
          action={value === null ? `/accounts/${account.id}/values/new` : `/values/${value.id}`}
        >
          {value === null ? (
            <>
              <TextField
                {...field("metric")}
                label="What is measured"
                hint="Hours spent on a campaign, members reached, …"
                required
              />
              <div className="inline">
                <TextField {...field("baseline")} label="Before" required />
                <TextField {...field("current")} label="Today" required />
                <TextField {...field("unit")} label="Unit" />
              </div>
              <div className="inline">
                <TextField
                  {...field("period")}
                  label="Over which time"
                  hint="A month, since March, …"
                  required
                />
                <TextField
                  {...field("money")}
                  label={`Worth, in ${account.currency}`}
                  hint="A plain number, or empty. Only we see it."
                  inputMode="decimal"
                />
              </div>
              <div className="inline">
                <TextField {...field("source")} label="Where it comes from" required />
                <TextField {...field("capturedOn")} type="date" label="As of" required />
              </div>
            </>
          ) : (
            <p>
              {value.baseline} → {value.current} {value.unit} ({value.period}){" "}
              <span className="soft">
                A number stays as it was written: add a newer one beside it and hide this one.
              </span>
            </p>
          )}
          <SelectField
            {...field("confirmedByContactId")}
            label="Confirmed by"
            hint="Somebody at the customer who stands for it. They can also confirm it on their own page."
            options={[
              { value: "", label: "Nobody yet" },
              ...contacts.map((contact) => ({ value: contact.id, label: contact.name })),
            ]}
          />
          <ChoiceCards
            name="visibility"
            legend="Who may read it"
            chosen={typed["visibility"] ?? "customer"}
            required
            options={[
              {
                value: "customer",
                label: "The customer too",
                note: "On their page; once confirmed also on the one for their boss.",
              },
              { value: "internal", label: "Only we", note: "On no page of a customer and in no mail." },
            ]}
          />
          <div className="buttons">
            <button type="submit">{value === null ? "Add" : "Save"}</button>
            <a className="button quiet" href={`/accounts/${account.id}/plan#values`}>
              Back
            </a>
          </div>
        </AppForm>
      </Card>
    </AppPage>
  );
}
