import type { Case, Enrollment, SequenceVersion } from "../../../drivers/store/generated/client.ts";
import type { PreviewedProgram } from "../../../operations/preview-program.ts";
import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { ChoiceCards, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { count, dateWords, plain } from "../words.ts";
import { zoneWords } from "./case-words.ts";

export interface SwitchPageProps {
  viewer: Viewer;
  enrollment: Enrollment & {
    case: Case;
    account: { name: string };
    contact: { name: string; firstName: string };
  };
  current: SequenceVersion;
  /** Mails of the present program that went out. */
  sent: number;
  tracks: readonly SequenceVersion[];
  /** What the case itself asks for. */
  proposed: { key: string; reason: string } | null;
  chosen: string | null;
  preview: { ok: true; program: PreviewedProgram } | { ok: false; message: string; remedy: string } | null;
}

/** Another track for the same person: choose, see what changes, confirm. */
export function caseSwitchPage(props: SwitchPageProps) {
  const { viewer, enrollment, current, tracks, proposed, chosen, preview } = props;
  return (
    <AppPage viewer={viewer} title={`Switch the track of ${enrollment.contact.name}`} styles={["case-room"]}>
      <PageHead
        title={`Another track for ${enrollment.contact.name}`}
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${enrollment.caseId}`, name: enrollment.account.name },
        ]}
        meta={
          <span className="soft">
            Now on {current.name}, version {current.version}, {plain(enrollment.status).toLowerCase()}
          </span>
        }
      />
      <div className="cols even">
        <Card title="Which track">
          {tracks.length === 0 ? (
            <p className="soft">No other track is published.</p>
          ) : (
            <form method="get" action={`/enrollments/${enrollment.id}/switch`}>
              <ChoiceCards
                name="track"
                legend="Published tracks"
                chosen={chosen ?? undefined}
                required
                options={tracks.map(({ key, name }) =>
                  proposed?.key === key
                    ? { value: key, label: name, note: `The case asks for it: ${proposed.reason}` }
                    : { value: key, label: name },
                )}
              />
              <p />
              <button className="quiet" type="submit">
                See what changes
              </button>
            </form>
          )}
        </Card>
        {preview === null ? null : <Change {...props} />}
      </div>
    </AppPage>
  );
}

function Change({ viewer, enrollment, current, sent, chosen, preview }: SwitchPageProps) {
  if (preview === null) return null;
  if (!preview.ok)
    return (
      <Notice tone="refused" title={preview.message}>
        {preview.remedy}
      </Notice>
    );
  const { program } = preview;
  const mails = program.steps.filter(({ kind }) => kind === "mail");
  return (
    <Card title="What changes">
      <ul>
        <li>
          {current.name} ends here, after {count(sent, "mail")}. What{" "}
          <bdi>{enrollment.contact.firstName}</bdi> did stays on record.
        </li>
        <li>
          {program.sequenceName} begins with {count(mails.length, "mail")}, and readiness is counted anew for
          it.
        </li>
        <li>Links in the mails they have go on working for their own page.</li>
      </ul>
      <details className="fold">
        <summary>The mails and their days</summary>
        <ul className="log plain-log">
          {mails.map((step) => (
            <li key={step.stepKey}>
              <time dateTime={step.at}>
                {dateWords(step.localDate)}, {step.localTime}
              </time>
              <span>{step.subject}</span>
            </li>
          ))}
        </ul>
        <p className="hint">Times in {zoneWords(program.zone)}.</p>
      </details>
      <AppForm viewer={viewer} action={`/enrollments/${enrollment.id}/switch`}>
        <input type="hidden" name="track" value={chosen ?? ""} />
        <TextField id="reason" label="Why" required maxLength={1000} />
        <button type="submit">Switch to {program.sequenceName}</button>
      </AppForm>
    </Card>
  );
}
