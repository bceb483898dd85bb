import type { ComplaintCount } from "../../../drivers/store/mail-holds.ts";
import type { OpenHold } from "../../../operations/mail-holds.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { count, shortDay } from "../words.ts";

interface Props {
  viewer: Viewer;
  holds: readonly OpenHold[];
  warnings: readonly ComplaintCount[];
  /** Where the button leads back to. */
  back: string;
  now: Date;
}

/** What stands still until a person has looked, each with its one button, and what may soon stand still. */
export function MailHolds({ viewer, holds, warnings, back, now }: Props) {
  return (
    <>
      {holds.map((hold) => (
        <Hold key={hold.id} hold={hold} viewer={viewer} back={back} now={now} />
      ))}
      {warnings.map((one) => (
        <Card key={one.sequenceKey} tone="warned" title={`Complaints about “${one.name}”`}>
          <p>
            {one.complaints} of its {one.mails.toLocaleString("en-GB")} mails were reported as spam in 30
            days. From 0.3 % on it stops by itself: look at who gets it, and what they were told.
          </p>
        </Card>
      ))}
    </>
  );
}

function Hold({ hold, viewer, back, now }: Pick<Props, "viewer" | "back" | "now"> & { hold: OpenHold }) {
  return (
    <Card tone="warned" title={titleOf(hold)} aside={`since ${shortDay(hold.startedAt, viewer.zone, now)}`}>
      <p>{sentence(hold.reason)}</p>
      <p className="soft">{ADVICE[hold.cause]}</p>
      {hold.heldTotal === 0 ? null : (
        <details className="fold">
          <summary>{count(hold.heldTotal, "mail or step waits", "mails and steps wait")}</summary>
          <ul>
            {hold.held.map((row) => (
              <li key={`${row.what} ${row.contactName} ${row.dueAt.toISOString()}`}>
                {row.caseId === null ? (
                  row.contactName
                ) : (
                  <a href={`/cases/${row.caseId}`}>{row.contactName}</a>
                )}
                {row.accountName === "" ? "" : `, ${row.accountName}`}: {row.what}, was due{" "}
                {shortDay(row.dueAt, viewer.zone, now)}
              </li>
            ))}
            {hold.heldTotal > hold.held.length ? <li>{hold.heldTotal - hold.held.length} more</li> : null}
          </ul>
        </details>
      )}
      {viewerMay(viewer, "work-cases") ? (
        <AppForm viewer={viewer} action={`/holds/${hold.id}/release`}>
          <input type="hidden" name="back" value={back} />
          <button className="small" type="submit">
            {hold.scope === "late" ? "Release" : "Go on"}
            <span className="sr">: {titleOf(hold)}</span>
          </button>
        </AppForm>
      ) : (
        <p className="soft">A CSM or an admin can let it go on.</p>
      )}
    </Card>
  );
}

function titleOf({ scope, programName }: OpenHold): string {
  if (scope === "late") return "What was due is held";
  return scope === "program" ? `“${programName ?? ""}” is held` : "All mail to contacts is held";
}

const ADVICE: Readonly<Record<string, string>> = {
  late: "Released, everything is planned anew: one mail a day for each person, in their working hours.",
  complaints:
    "Large receivers hide or refuse mail from 0.3 % on. Look at who gets it, and what they were told.",
  refused: "The addresses are kept. Read what the server said and put it right first.",
  "domain-refused": "The addresses are kept. Check SPF, DKIM and DMARC under Sender and mail first.",
};

/** A reason is kept without its full stop, and without a capital. */
function sentence(words: string): string {
  const text = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return text.endsWith(".") ? text : `${text}.`;
}
