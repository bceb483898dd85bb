import type { CaseRoom } from "../../../operations/case-room-parts.ts";
import { type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Tag } from "../ui/tag.tsx";
import { dateWords } from "../words.ts";

export const outlookWords = { expect_save: "Expected to stay", high_risk: "High risk" } as const;

/** Whether a person's word counts instead of the rules, whose and until when; and the way to say otherwise. */
export function OutlookCard({ room, viewer }: { room: CaseRoom; viewer: Viewer }) {
  const { outlook, ruledOutlook, overrides } = room;
  const { active, waiting } = overrides;
  if (room.case.status === "closed") return null;
  const may = viewerMay(viewer, "work-cases");
  return (
    <Card title="Outlook" id="outlook">
      <p>
        <Tag tone={outlook.value === "high_risk" ? "bad" : "good"}>{outlookWords[outlook.value]}</Tag>{" "}
        <span className="small soft">{active === null ? "by the rules" : "by a person's word"}</span>
      </p>
      {active === null ? null : (
        <p className="small">
          “{active.reason}” <bdi>{active.proposedBy}</bdi>, approved by <bdi>{active.decidedBy}</bdi>, until{" "}
          {dateWords(active.untilOn)}. The rules say: {outlookWords[ruledOutlook.value].toLowerCase()},
          because {ruledOutlook.reasons.join("; ")}.
        </p>
      )}
      {waiting === null ? null : (
        <p className="small">
          <bdi>{waiting.proposedBy}</bdi> proposes “{outlookWords[waiting.outlook].toLowerCase()}” until{" "}
          {dateWords(waiting.untilOn)}; it waits for a manager.
        </p>
      )}
      {may || overrides.past.length > 0 ? (
        <p>
          <a href={`/cases/${room.case.id}/outlook`}>{may ? "Say otherwise" : "What was said before"}</a>
        </p>
      ) : null}
    </Card>
  );
}
