import type { CaseStrip } from "../../../operations/my-week.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { CaseTable } from "./my-week-page.tsx";

export function casesPage(viewer: Viewer, cases: readonly CaseStrip[]) {
  return (
    <AppPage viewer={viewer} title="Cases">
      <h1>Open cases</h1>
      <section className="card">
        <CaseTable
          cases={cases}
          empty="No case is open. One is opened when a main contact leaves: by the command line, the API, or a mail that says so."
        />
      </section>
    </AppPage>
  );
}
