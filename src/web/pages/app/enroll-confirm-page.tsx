import type { Grid } from "../../../domain/calendar/month-grid.ts";
import { POLICY_WORDS } from "../../../domain/sequences/choose-policy.ts";
import type { Policy } from "../../../domain/sequences/policy.ts";
import type { EnrollStep } from "../../../domain/turnover/enroll-steps.ts";
import type { Concern } from "../../../operations/enrollment-concerns.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { count, plain } from "../words.ts";
import { Legend, ProgramCalendar, ProgramList, type ProgramMark, shortDay } from "./enroll-calendar.tsx";
import { complaintAt, EnrollPage, stepAddress, type Typed } from "./enroll-frame.tsx";

export interface ConfirmProgram {
  name: string;
  reason: string;
  pace: string;
  policy: Policy;
  policyReason: string;
  /** IANA: the contact's. */
  zone: string;
  marks: readonly ProgramMark[];
  leftOut: readonly string[];
  grid: Grid<ProgramMark>;
  caption: string;
  today: string;
  sponsorName: string | null;
}

/** Step 6: the whole program on the contact's own calendar, and the one button. */
export function enrollConfirmPage(props: {
  viewer: Viewer;
  caseId: string;
  open: readonly EnrollStep[];
  accountName: string;
  contactId: string;
  contactName: string;
  firstName: string;
  program: ConfirmProgram | null;
  concerns: readonly Concern[];
  /** The same enrollment, however often the button is pressed. */
  once: string;
  undoMinutes: number;
  typed: Typed;
}) {
  const { viewer, caseId, open, accountName, contactName, firstName, program, concerns, typed } = props;
  return (
    <EnrollPage
      viewer={viewer}
      step="confirm"
      about={<bdi>{accountName}</bdi>}
      title={
        <>
          What <bdi>{contactName}</bdi> will get, and when
        </>
      }
      name={`Enroll ${contactName}`}
      caseId={caseId}
      open={open}
      typed={typed}
    >
      <Concerns {...props} />
      {program === null ? null : (
        <>
          <ConfirmCard {...props} program={program} />
          <div className="cols program">
            <Card className="month">
              <ProgramCalendar grid={program.grid} caption={program.caption} today={program.today} />
              <Legend
                firstName={firstName}
                hasSponsor={program.sponsorName !== null}
                hasTasks={program.marks.some(({ to }) => to === "csm")}
              />
            </Card>
            <Card className="listing">
              <ProgramList marks={program.marks} />
              {program.leftOut.length === 0 ? null : (
                <p className="small soft">Left out for them: {program.leftOut.join("; ")}</p>
              )}
            </Card>
          </div>
        </>
      )}
      {concerns.some(({ stops }) => stops) || program === null ? (
        <div className="buttons">
          <a className="button quiet" href={stepAddress("track", caseId)}>
            Back
          </a>
          <a className="button quiet" href={`/cases/${caseId}`}>
            To the case
          </a>
        </div>
      ) : null}
    </EnrollPage>
  );
}

function ConfirmCard(props: Parameters<typeof enrollConfirmPage>[0] & { program: ConfirmProgram }) {
  const { viewer, caseId, concerns, firstName, program, once, undoMinutes } = props;
  if (concerns.some(({ stops }) => stops)) return null;
  const mails = program.marks.filter(({ to }) => to === "contact");
  const first = mails[0]?.step;
  const last = mails.at(-1)?.step;
  return (
    <Card tone="next" className="confirm">
      <AppForm viewer={viewer} action={`/enroll/${caseId}/confirm`}>
        <input type="hidden" name="once" value={once} />
        <input type="hidden" name="promised" value={first?.localDate ?? ""} />
        <p>
          <bdi>{firstName}</bdi> gets <strong>{count(mails.length, "mail")}</strong> of “{program.name}”,{" "}
          {POLICY_WORDS[program.policy].toLowerCase()} program, {plain(program.pace).toLowerCase()} pace
          {first === undefined || last === undefined ? (
            "."
          ) : (
            <>
              , the first on{" "}
              <strong>
                {shortDay(first.localDate)} at {first.localTime}
              </strong>{" "}
              and the last on {shortDay(last.localDate)}, in {placeOf(program.zone)} time
              {program.sponsorName === null ? (
                "."
              ) : (
                <>
                  ; <bdi>{program.sponsorName}</bdi> gets the sponsor's brief beside it.
                </>
              )}
            </>
          )}{" "}
          <span className="soft small">
            {program.policyReason} Days shift when tasks take longer. You can undo it until the first mail
            leaves, at least {undoMinutes} minutes.
          </span>
        </p>
        <div className="buttons">
          <button type="submit">
            <span>
              Enroll <bdi>{firstName}</bdi>
            </span>
          </button>
          <a className="button quiet" href={stepAddress("track", caseId)}>
            Back
          </a>
        </div>
      </AppForm>
    </Card>
  );
}

function Concerns(props: Parameters<typeof enrollConfirmPage>[0]) {
  const { concerns, viewer, caseId, contactId, typed } = props;
  if (concerns.length === 0) return null;
  const stopped = concerns.some(({ stops }) => stops);
  const needsAddress = concerns.some(({ code, stops }) => stops && REPAIRED_BY_ADDRESS.includes(code));
  return (
    <div className={`card ${stopped ? "refused" : "warned"} concerns`} role={stopped ? "alert" : "status"}>
      <ul className="plain">
        {concerns.map((concern) => (
          <li key={`${concern.code}-${concern.place}`}>
            <strong>{concern.message}</strong> {concern.remedy}{" "}
            {REMEDY_STEP[concern.code] === undefined ? null : (
              <a href={stepAddress(REMEDY_STEP[concern.code] ?? "successor", caseId)}>Go there</a>
            )}
          </li>
        ))}
      </ul>
      {needsAddress ? (
        <AppForm viewer={viewer} action={`/enroll/${caseId}/address`} className="inline">
          <input type="hidden" name="contact" value={contactId} />
          <TextField
            id="email"
            label="Mail address"
            inputMode="email"
            maxLength={320}
            autoComplete="off"
            required
            defaultValue={typed.values["email"] ?? ""}
            complaint={complaintAt(typed, "email")}
          />
          <button type="submit">Save the address</button>
        </AppForm>
      ) : null}
    </div>
  );
}

const REPAIRED_BY_ADDRESS = [
  "no-address",
  "unreachable",
  "address-form",
  "address-domain",
  "address-control",
];

/** Where in the wizard a concern is settled. */
const REMEDY_STEP: Readonly<Record<string, EnrollStep>> = {
  "unknown-competitor": "successor",
  "contact-departed": "successor",
  "no-sequence": "track",
};

export function placeOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}
