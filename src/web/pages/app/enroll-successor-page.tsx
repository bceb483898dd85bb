import type { EnrollStep } from "../../../domain/turnover/enroll-steps.ts";
import type { Contact } from "../../../drivers/store/generated/client.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Choices, LanguageField, PeopleChoice, PersonFields, ZoneField } from "./enroll-choices.tsx";
import { complaintAt, EnrollPage, StepButtons, type Typed } from "./enroll-frame.tsx";

export interface SuccessorPageProps {
  viewer: Viewer;
  caseId: string;
  open: readonly EnrollStep[];
  accountName: string;
  accountZone: string;
  leaverName: string | null;
  sponsorId: string | null;
  people: readonly Contact[];
  inAll: number;
  competitors: readonly { key: string; name: string }[];
  typed: Typed;
}

/** Step 4: who takes over and how they arrive, or that nobody is known yet. */
export function enrollSuccessorPage(props: SuccessorPageProps) {
  const { viewer, caseId, open, accountName, accountZone, leaverName, people, typed } = props;
  const { values } = typed;
  return (
    <EnrollPage
      viewer={viewer}
      step="successor"
      about={
        <>
          <bdi>{accountName}</bdi>
          {leaverName === null ? "" : ", after "}
          {leaverName === null ? null : <bdi>{leaverName}</bdi>}
        </>
      }
      title="Who takes over, and how do they arrive?"
      name={`Who takes over at ${accountName}?`}
      caseId={caseId}
      open={open}
      typed={typed}
    >
      <AppForm viewer={viewer} action={`/enroll/${caseId}/successor`}>
        <div className="cols even successor">
          <Card>
            <PeopleChoice
              legend="Who"
              people={people}
              inAll={props.inAll}
              sponsorId={props.sponsorId}
              newLabel="Somebody new to us"
              nobody={{ label: "Nobody is known yet", note: "The case waits, and we ask again" }}
              chosen={values["who"] ?? (people.length === 0 ? "new" : "")}
              typed={typed}
            >
              <PersonFields typed={typed} />
              <div className="pair">
                <ZoneField typed={typed} label="Time zone" standing={accountZone} />
                <LanguageField typed={typed} />
              </div>
            </PeopleChoice>
          </Card>
          <Card className="arrival">
            <Choices
              name="type"
              legend="How do they arrive?"
              chosen={values["type"] ?? ""}
              typed={typed}
              options={[
                {
                  value: "internal",
                  label: "From inside the company",
                  note: "Knows the house, not the tool",
                },
                {
                  value: "external_new_function",
                  label: "From outside, new to this job",
                  note: "Learns the job and the tool",
                },
                {
                  value: "ex_competitor",
                  label: "From outside, used another product",
                  note: "Knows the job, compares",
                },
              ]}
            />
            <CompetitorFields competitors={props.competitors} typed={typed} />
          </Card>
        </div>
        <StepButtons back />
      </AppForm>
    </EnrollPage>
  );
}

function CompetitorFields({ competitors, typed }: Pick<SuccessorPageProps, "competitors" | "typed">) {
  const { values } = typed;
  return (
    <div className="when-competitor">
      <SelectField
        id="competitor"
        label="Which product"
        hint="Without one the mails stay general, and you are asked to find out."
        defaultValue={values["competitor"] ?? ""}
        complaint={complaintAt(typed, "competitor")}
        options={[
          { value: "", label: "Another, or not known yet" },
          ...competitors.map(({ key, name }) => ({ value: key, label: name })),
        ]}
      />
      <div className="pair">
        <TextField
          id="months"
          label="For how many months"
          inputMode="numeric"
          maxLength={4}
          defaultValue={values["months"] ?? ""}
          complaint={complaintAt(typed, "months")}
        />
        <SelectField
          id="role"
          label="As"
          defaultValue={values["role"] ?? ""}
          complaint={complaintAt(typed, "role")}
          options={[
            { value: "", label: "Not known" },
            { value: "user", label: "A user" },
            { value: "owner", label: "Its owner" },
            { value: "buyer", label: "Its buyer" },
          ]}
        />
      </div>
    </div>
  );
}
