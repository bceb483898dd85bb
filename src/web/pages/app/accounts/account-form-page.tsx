import { SEGMENTS, TIERS } from "../../../../domain/accounts/account-row.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, AppPage, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { plain } from "../../words.ts";

/** The fields by the names of the import's columns. */
export type Typed = Readonly<Record<string, string>>;

/** One account, new (`id` null) or known. A refused form keeps what was typed, with the complaint at its field. */
export function accountFormPage(props: {
  viewer: Viewer;
  id: string | null;
  typed: Typed;
  problem: Problem | null;
  people: readonly { id: string; name: string }[];
  products: readonly { key: string; name: string }[];
}) {
  const { viewer, id, typed, problem, people, products } = props;
  const field = (name: string) => ({
    id: name,
    defaultValue: typed[name] ?? "",
    complaint: problem?.place === name ? `${problem.detail} ${problem.remedy}` : undefined,
  });
  const choices = (values: readonly string[]) => values.map((value) => ({ value, label: plain(value) }));
  return (
    <AppPage
      viewer={viewer}
      title={id === null ? "Add an account" : "Edit the account"}
      styles={["settings"]}
    >
      <PageHead
        title={id === null ? "Add an account" : (typed["name"] ?? "Edit the account")}
        crumbs={[{ href: "/accounts", name: "Accounts" }]}
      />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      <Card className="form">
        <AppForm viewer={viewer} action={id === null ? "/accounts/new" : `/accounts/${id}/edit`}>
          <TextField {...field("name")} label="Name" required />
          <div className="inline">
            <SelectField
              {...field("product")}
              label="Product"
              options={products.map(({ key, name }) => ({ value: key, label: name }))}
            />
            <SelectField
              {...field("csm")}
              label="Owner on our side"
              options={[
                { value: "", label: "Nobody yet" },
                ...people.map((person) => ({ value: person.id, label: person.name })),
              ]}
            />
          </div>
          <div className="inline">
            <SelectField {...field("segment")} label="Segment" options={choices(SEGMENTS)} />
            <SelectField {...field("tier")} label="Tier" options={choices(TIERS)} />
          </div>
          <div className="inline">
            <TextField
              {...field("arr")}
              label="ARR"
              hint="A plain number, such as 28000."
              inputMode="decimal"
            />
            <TextField {...field("currency")} label="Currency" hint="USD, EUR, …" />
          </div>
          <div className="inline">
            <TextField {...field("renewal_on")} type="date" label="Renewal" />
            <TextField {...field("industry")} label="Industry" />
          </div>
          <TextField {...field("domains")} label="Mail domains" hint="Parted by semicolons." />
          <TextField {...field("zone")} label="Time zone" hint="A name like Europe/Oslo." />
          <TextField
            {...field("holiday_country")}
            label="Public holidays of"
            hint="Country, with a region where they differ: NO, DE-BY. Empty: the workspace’s."
          />
          <TextField
            {...field("work_week")}
            label="Working week"
            hint="mon-fri, sun-thu. Empty: the workspace’s."
          />
          <TextArea
            {...field("closed_days")}
            label="Their own days off"
            hint="Dates like 2026-12-24, parted by semicolons."
          />
          <TextField
            {...field("external_ref")}
            label="Reference"
            hint="Its id in your CRM, so that imports find it."
          />
          <div className="buttons">
            <button type="submit">{id === null ? "Add" : "Save"}</button>
            <a className="button quiet" href={id === null ? "/accounts" : `/accounts/${id}`}>
              Back
            </a>
          </div>
        </AppForm>
      </Card>
    </AppPage>
  );
}
