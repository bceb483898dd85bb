import type { EnrollStep } from "../../../domain/turnover/enroll-steps.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { Choices } from "./enroll-choices.tsx";
import { complaintAt, EnrollPage, StepButtons, type Typed } from "./enroll-frame.tsx";

/** Step 3: where they went and what becomes of the role. */
export function enrollWherePage(props: {
  viewer: Viewer;
  caseId: string;
  open: readonly EnrollStep[];
  accountName: string;
  leaverName: string | null;
  typed: Typed;
}) {
  const { viewer, caseId, open, accountName, leaverName, typed } = props;
  const { values } = typed;
  const who = leaverName ?? "whoever left";
  return (
    <EnrollPage
      viewer={viewer}
      step="where"
      about={<bdi>{accountName}</bdi>}
      title={
        <>
          What happens after <bdi>{who}</bdi>?
        </>
      }
      name={`What happens after ${who}?`}
      caseId={caseId}
      open={open}
      typed={typed}
    >
      <AppForm viewer={viewer} action={`/enroll/${caseId}/where`}>
        <div className="cols even">
          <Card>
            <Choices
              name="destination"
              legend="Where did they go?"
              required
              chosen={values["destination"] ?? ""}
              typed={typed}
              className="destination"
              options={[
                { value: "external", label: "To another company" },
                { value: "internal", label: "To another role in the same company", note: "A promotion too" },
                { value: "retired", label: "Into retirement" },
                { value: "leave", label: "On leave" },
                { value: "unknown", label: "Not known yet" },
              ]}
            />
            <div className="when-external">
              <TextField
                id="newCompany"
                label="Which company, if known"
                maxLength={200}
                dir="auto"
                autoComplete="off"
                defaultValue={values["newCompany"] ?? ""}
                complaint={complaintAt(typed, "newCompany")}
              />
            </div>
          </Card>
          <Card>
            <Choices
              name="roleOutcome"
              legend="What happens with the role?"
              required
              chosen={values["roleOutcome"] ?? ""}
              typed={typed}
              options={[
                { value: "replacing", label: "Somebody takes it over" },
                {
                  value: "merging",
                  label: "It is merged into another role",
                  note: "Somebody gets it on top of their job",
                },
                {
                  value: "leaving_space",
                  label: "They give up this kind of work",
                  note: "No course then: a talk about extending or leaving well",
                },
                { value: "unknown", label: "Not known yet" },
              ]}
            />
          </Card>
        </div>
        <StepButtons back />
      </AppForm>
    </EnrollPage>
  );
}
