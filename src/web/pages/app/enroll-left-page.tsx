import type { EnrollStep } from "../../../domain/turnover/enroll-steps.ts";
import type { Account, Contact } from "../../../drivers/store/generated/client.ts";
import { DETECTION_SOURCES } from "../../../operations/open-case.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PeopleChoice, PersonFields } from "./enroll-choices.tsx";
import { complaintAt, EnrollPage, StepButtons, type Typed } from "./enroll-frame.tsx";

const SOURCES: Readonly<Record<(typeof DETECTION_SOURCES)[number], string>> = {
  csm: "I noticed or heard it",
  contact: "They told us themselves",
  colleague: "A colleague of theirs told us",
  hard_bounce: "A mail came back",
  auto_reply: "An automatic reply said so",
  crm_change: "It changed in the CRM",
  login_silence: "They stopped signing in",
  import: "It came with an import",
  public_profile: "A public profile says so",
};

export const REASONS = ["unknown", "new_job", "promotion", "restructure", "retired", "leave"] as const;
const REASON_WORDS: Readonly<Record<(typeof REASONS)[number], string>> = {
  unknown: "Not known",
  new_job: "A new job",
  promotion: "A promotion",
  restructure: "The company was reorganised",
  retired: "Retirement",
  leave: "A leave, and coming back",
};

/** Step 2: who left and how we know. With this answer the case exists. */
export function enrollLeftPage(props: {
  viewer: Viewer;
  account: Account;
  people: readonly Contact[];
  inAll: number;
  caseId: string | null;
  open: readonly EnrollStep[];
  /** Open cases of this account, for whoever is about to open a second one. */
  others: readonly { id: string; leaverName: string | null }[];
  typed: Typed;
}) {
  const { viewer, account, people, inAll, caseId, open, others, typed } = props;
  const { values } = typed;
  return (
    <EnrollPage
      viewer={viewer}
      step="left"
      title={
        <>
          Who left <bdi>{account.name}</bdi>?
        </>
      }
      name={`Who left ${account.name}?`}
      caseId={caseId}
      open={open}
      typed={typed}
    >
      {others.length === 0 ? null : (
        <Notice tone="informed">
          A case is open here already:{" "}
          {others.map((one) => (
            <a key={one.id} href={`/enroll?case=${one.id}`}>
              {one.leaverName === null ? "somebody left" : <bdi>{one.leaverName}</bdi>}
              {one.leaverName === null ? "" : " left"}
            </a>
          ))}
        </Notice>
      )}
      <AppForm viewer={viewer} action={caseId === null ? "/enroll/left" : `/enroll/${caseId}/left`}>
        <input type="hidden" name="account" value={account.id} />
        <div className="cols even">
          <Card>
            <PeopleChoice
              legend="Who"
              people={people}
              inAll={inAll}
              sponsorId={account.sponsorContactId}
              newLabel="Somebody who is not in the list"
              chosen={values["who"] ?? (people.length === 0 ? "new" : "")}
              typed={typed}
            >
              <PersonFields typed={typed} />
            </PeopleChoice>
          </Card>
          <Card>
            <SelectField
              id="source"
              label="How do we know?"
              defaultValue={values["source"] ?? "csm"}
              options={DETECTION_SOURCES.map((value) => ({ value, label: SOURCES[value] }))}
              complaint={complaintAt(typed, "source")}
            />
            <SelectField
              id="reason"
              label="Why did they leave?"
              defaultValue={values["reason"] ?? "unknown"}
              options={REASONS.map((value) => ({ value, label: REASON_WORDS[value] }))}
              complaint={complaintAt(typed, "reason")}
            />
            <TextField
              id="lastDay"
              type="date"
              label="Their last day, if known"
              defaultValue={values["lastDay"] ?? ""}
              complaint={complaintAt(typed, "lastDay")}
            />
            <SelectField
              id="learned"
              label="Did we hear before they left?"
              hint="Follows from the last day when that is known."
              defaultValue={values["learned"] ?? "unknown"}
              options={[
                { value: "unknown", label: "Not known" },
                { value: "pre", label: "Yes, before" },
                { value: "post", label: "No, afterwards" },
              ]}
              complaint={complaintAt(typed, "learned")}
            />
          </Card>
        </div>
        <StepButtons back />
      </AppForm>
    </EnrollPage>
  );
}
