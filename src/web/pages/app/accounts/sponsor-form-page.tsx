import type { Problem } from "../../../problem.ts";
import { AppForm, AppPage, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { ChoiceCards } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { plain } from "../../words.ts";

export interface Candidate {
  id: string;
  name: string;
  title: string | null;
  roles: readonly string[];
}

/** Who decides at an account: one of its people, somebody new, or nobody known. */
export function sponsorFormPage(props: {
  viewer: Viewer;
  account: { id: string; name: string };
  people: readonly Candidate[];
  chosen: string;
  back: string;
  problem: Problem | null;
}) {
  const { viewer, account, people, chosen, back, problem } = props;
  const address = `/accounts/${account.id}`;
  return (
    <AppPage viewer={viewer} title={`The sponsor of ${account.name}`} styles={["settings"]}>
      <PageHead
        title="Who decides here"
        crumbs={[
          { href: "/accounts", name: "Accounts" },
          { href: address, name: account.name },
        ]}
        actions={
          <a
            className={people.length === 0 ? "button" : "button quiet"}
            href={`${address}/people/new?as=sponsor&back=${encodeURIComponent(back)}`}
          >
            Somebody new
          </a>
        }
      />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.detail}>
          {problem.remedy}
        </Notice>
      )}
      <Card className="form">
        {people.length === 0 ? (
          <p className="soft">Nobody is on record at this account: add the one who decides.</p>
        ) : (
          <AppForm viewer={viewer} action={`${address}/sponsor`}>
            <input type="hidden" name="back" value={back} />
            <ChoiceCards
              name="contactId"
              legend="The sponsor gets a short brief when somebody leaves, and agrees to the success plan."
              chosen={chosen}
              required
              options={[
                ...people.map(({ id, name, title, roles }) => ({
                  value: id,
                  label: name,
                  note: [title, ...roles.map(plain)].filter((part) => part !== null).join(", "),
                })),
                { value: "", label: "Nobody known", note: "A gap that shows when somebody leaves." },
              ]}
            />
            <div className="buttons">
              <button type="submit">Save</button>
              <a className="button quiet" href={back}>
                Back
              </a>
            </div>
          </AppForm>
        )}
      </Card>
    </AppPage>
  );
}
