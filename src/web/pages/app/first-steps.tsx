import { type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";

/** The first morning with Baton: what it does, in three steps, and where to begin. */
export function FirstSteps({ viewer, hasAccounts }: { viewer: Viewer; hasAccounts: boolean }) {
  return (
    <Card title="Somebody takes over. Baton brings them along.">
      <ol className="first">
        <li>
          <strong>You say who left and who takes over.</strong>
          <span>Baton proposes a program and shows every mail with its day, before anything is sent.</span>
        </li>
        <li>
          <strong>They get short, useful mails</strong>
          <span>at their own pace and in their own time zone, with a page for tasks and questions.</span>
        </li>
        <li>
          <strong>You see here who needs you today,</strong>
          <span>and when somebody is ready for a meeting that is not a demo, with the reasons.</span>
        </li>
      </ol>
      <p className="buttons">
        {viewerMay(viewer, "work-cases") ? (
          <a className="button" href="/enroll">
            Enroll the first contact
          </a>
        ) : null}
        {hasAccounts || !viewerMay(viewer, "manage-accounts") ? null : (
          <a className="button quiet" href="/import">
            Import accounts
          </a>
        )}
      </p>
    </Card>
  );
}
