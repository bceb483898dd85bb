import type { Undoable } from "../../../operations/undo-enrollment.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { dayWords, timeWords } from "../words.ts";
import { placeOf } from "./enroll-confirm-page.tsx";

/** Right after enrolling: what will happen, and taking it back while nothing has left. */
export function JustEnrolled({ viewer, undo }: { viewer: Viewer; undo: Undoable }) {
  const clock = timeWords(undo.until, undo.zone).split(", ").at(-1) ?? "";
  return (
    <div className="card said" role="status" id="undo">
      <AppForm viewer={viewer} action={`/enrollments/${undo.enrollmentId}/undo`} className="inline">
        <p>
          The first mail to <bdi>{undo.contactName}</bdi> goes on {dayWords(undo.until, undo.zone)} at {clock}{" "}
          in {placeOf(undo.zone)}. Until then you can undo this, and nothing was sent.
        </p>
        <button type="submit" className="quiet small">
          Undo
        </button>
      </AppForm>
    </div>
  );
}
