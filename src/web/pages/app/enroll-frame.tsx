import type { ReactNode } from "react";
import { ENROLL_STEPS, type EnrollStep } from "../../../domain/turnover/enroll-steps.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Notice } from "../ui/notice.tsx";

/** What is wrong with a form that was sent: at which field, and what to do. */
export interface Complaint {
  place: string;
  message: string;
  remedy: string;
}
export type Values = Readonly<Record<string, string>>;

/** What every step knows about the form it shows. */
export interface Typed {
  values: Values;
  complaint: Complaint | null;
  /** The complaint came on the way back: this is where going back without saving leads. */
  leaveTo: string | null;
}

const NAMES: Readonly<Record<EnrollStep, string>> = {
  account: "Account",
  left: "Who left",
  where: "Where to",
  successor: "Who takes over",
  track: "Track",
  confirm: "Look and confirm",
};

export function stepAddress(step: EnrollStep, caseId: string): string {
  return step === "account" ? "/enroll" : `/enroll/${caseId}/${step}`;
}

/** A step of the wizard: where one is, one question, one screenful. */
export function EnrollPage(props: {
  viewer: Viewer;
  step: EnrollStep;
  title: ReactNode;
  /** In plain letters, for the window's title. */
  name: string;
  /** Above the title: the account and who left. */
  about?: ReactNode;
  /** Null before there is a case: then no step can be gone back to by its name. */
  caseId: string | null;
  /** Steps that have their answers, so that one may go there. */
  open?: readonly EnrollStep[];
  typed?: Typed;
  children: ReactNode;
}) {
  const { viewer, step, title, name, about, caseId, open = [], typed, children } = props;
  const complaint = typed?.complaint ?? null;
  return (
    <AppPage
      viewer={viewer}
      title={`${complaint === null ? "" : "Not yet: "}${name}`}
      styles={["enroll"]}
      scripts={["enroll-once"]}
    >
      <div className="enroll">
        <Progress step={step} caseId={caseId} open={open} />
        <header>
          {about === undefined ? null : <p className="small soft about">{about}</p>}
          <h1>{title}</h1>
        </header>
        {complaint === null ? null : (
          <Notice tone="refused" title="Not saved yet.">
            {complaint.message} {complaint.remedy}{" "}
            {typed?.leaveTo == null ? null : <a href={typed.leaveTo}>Go back without saving this page</a>}
          </Notice>
        )}
        {children}
      </div>
    </AppPage>
  );
}

function Progress({
  step,
  caseId,
  open,
}: {
  step: EnrollStep;
  caseId: string | null;
  open: readonly EnrollStep[];
}) {
  const here = ENROLL_STEPS.indexOf(step);
  return (
    <nav className="progress" aria-label={`Enroll a contact: step ${here + 1} of ${ENROLL_STEPS.length}`}>
      <p className="small">
        <strong>
          {here + 1} of {ENROLL_STEPS.length}
        </strong>
      </p>
      <ol>
        {ENROLL_STEPS.map((one, index) => (
          <li
            key={one}
            className={index < here ? "done" : undefined}
            aria-current={one === step ? "step" : undefined}
          >
            {caseId !== null && one !== step && one !== "account" && open.includes(one) ? (
              <a href={stepAddress(one, caseId)}>{NAMES[one]}</a>
            ) : (
              <span>{NAMES[one]}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** On and back: back keeps what is complete on this page too. */
export function StepButtons({ on = "Continue", back }: { on?: string; back: boolean }) {
  return (
    <div className="buttons step-buttons">
      <button type="submit" name="go" value="on">
        {on}
      </button>
      {back ? (
        <button type="submit" className="quiet" name="go" value="back" formNoValidate>
          Back
        </button>
      ) : null}
      <span className="small soft">Saved with every step: leave and come back whenever you like.</span>
    </div>
  );
}

/** The complaint, if it is about this field. */
export function complaintAt(typed: Typed, place: string): string | undefined {
  const { complaint } = typed;
  return complaint?.place === place ? `${complaint.message} ${complaint.remedy}` : undefined;
}
