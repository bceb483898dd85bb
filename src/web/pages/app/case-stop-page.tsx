import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { PageHead } from "../ui/page-head.tsx";

export interface StopPageProps {
  viewer: Viewer;
  enrollment: { id: string; caseId: string; account: { name: string }; contact: { name: string } };
}

/** What is rare and cannot be taken back: stopping a program, and making mailed links void. */
export function caseStopPage({ viewer, enrollment }: StopPageProps) {
  const action = `/enrollments/${enrollment.id}`;
  const back = <input type="hidden" name="back" value={`/cases/${enrollment.caseId}`} />;
  return (
    <AppPage viewer={viewer} title={`Stop the program of ${enrollment.contact.name}`}>
      <PageHead
        title={`The program of ${enrollment.contact.name}`}
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${enrollment.caseId}`, name: enrollment.account.name },
        ]}
      />
      <div className="cols even">
        <Card title="Stop the program">
          <AppForm viewer={viewer} action={`${action}/withdraw`}>
            {back}
            <TextField
              id="withdraw-reason"
              name="reason"
              label="Why it stops"
              hint="No further mail goes. It cannot be started again, only enrolled anew."
              required
              maxLength={1000}
            />
            <button className="danger small" type="submit">
              Stop for good
            </button>
          </AppForm>
        </Card>
        <Card title="A mail reached the wrong hands">
          <AppForm viewer={viewer} action={`${action}/void-page-links`}>
            {back}
            <TextField
              id="void-reason"
              name="reason"
              label="What happened to the mail"
              hint={
                <>
                  Page links in mails sent so far stop working. A fresh one goes only to the address on
                  record.
                </>
              }
              required
              maxLength={1000}
            />
            <button className="danger small" type="submit">
              Make the links void
            </button>
          </AppForm>
        </Card>
      </div>
    </AppPage>
  );
}
