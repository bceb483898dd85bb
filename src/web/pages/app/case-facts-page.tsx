import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { FactForm } from "./case-facts.tsx";

const fields: readonly (readonly [string, string])[] = [
  ["replacementContactId", "Who takes over"],
  ["replacementType", "How they arrive"],
  ["competitorKey", "The product they used before"],
  ["roleOutcome", "The role"],
  ["departureEffectiveOn", "Their last day"],
  ["destination", "Where they went"],
  ["departureReason", "Why they left"],
];

/** Every fact of the case with its form: for what was recorded wrongly. */
export function caseFactsPage({ viewer, room }: { viewer: Viewer; room: CaseRoom }) {
  const shown = fields.filter(
    ([field]) => field !== "competitorKey" || room.case.replacementType === "ex_competitor",
  );
  return (
    <AppPage viewer={viewer} title={`What happened at ${room.account.name}`} styles={["case-room"]}>
      <PageHead
        title="What happened"
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${room.case.id}`, name: room.account.name },
        ]}
      />
      <p className="soft">Severity, outlook and the proposed track follow from these facts by themselves.</p>
      <div className="cols two">
        {shown.map(([field, title]) => (
          <Card key={field} title={title}>
            <FactForm field={field} room={room} viewer={viewer} />
          </Card>
        ))}
      </div>
    </AppPage>
  );
}
