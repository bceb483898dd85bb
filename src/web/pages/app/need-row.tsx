import type { NeedsYou } from "../../../operations/my-week.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Icon } from "../ui/icon.tsx";
import { Tag } from "../ui/tag.tsx";
import { moneyWords, shortDay } from "../words.ts";
import { needWords } from "./need-words.ts";

const DETAIL_LENGTH = 160;

/** One thing that waits for a person: who, why, since when, for how much, and the one button. */
export function NeedRow({ need, viewer, now }: { need: NeedsYou; viewer: Viewer; now: Date }) {
  const { word, icon, tone } = needWords[need.kind];
  const overdue = need.dueAt !== null && need.dueAt < now;
  return (
    <li className="need">
      <span className={`kind ${tone}`}>
        <Icon name={icon} />
      </span>
      <div>
        <p className="what">
          <span className="word">{word}</span> <strong>{need.text}</strong>
        </p>
        {need.detail === "" ? null : (
          <p className="quote">
            <bdi>{shorten(need.detail)}</bdi>
          </p>
        )}
        <p className="small soft">
          <a href={`/cases/${need.caseId}`}>
            <bdi>{need.accountName}</bdi>
          </a>{" "}
          · {moneyWords(need.arrMinor, need.currency)} a year
          {need.sinceAt === null ? null : (
            <>
              {" "}
              · since <Day at={need.sinceAt} zone={viewer.zone} now={now} />
            </>
          )}
          {need.dueAt === null ? null : overdue ? (
            <>
              {" "}
              <Tag tone="bad">
                Was due <Day at={need.dueAt} zone={viewer.zone} now={now} />
              </Tag>
            </>
          ) : (
            <>
              {" "}
              · by <Day at={need.dueAt} zone={viewer.zone} now={now} />
            </>
          )}
        </p>
      </div>
      <NeedButton need={need} viewer={viewer} />
    </li>
  );
}

/** Sending again is an act, so it is a form; everything else leads to the place where it is done. */
function NeedButton({ need, viewer }: { need: NeedsYou; viewer: Viewer }) {
  const whom = <span className="sr">: {need.contactName ?? need.accountName}</span>;
  if (need.kind === "uncertain" && viewerMay(viewer, "work-cases"))
    return (
      <AppForm viewer={viewer} action={`/sends/${need.subjectId}/send-again`}>
        <input type="hidden" name="back" value="/" />
        <button className="quiet small" type="submit">
          Send again{whom}
        </button>
      </AppForm>
    );
  const may = viewerMay(viewer, "work-cases");
  return (
    <a className="button quiet small" href={may ? need.button.href : `/cases/${need.caseId}`}>
      {may ? need.button.label : "Look"}
      {whom}
    </a>
  );
}

function Day({ at, zone, now }: { at: Date; zone: string; now: Date }) {
  return (
    <time dateTime={at.toISOString()} className="nowrap">
      {shortDay(at, zone, now)}
    </time>
  );
}

/** The beginning, whole words; the rest is where the button leads. */
function shorten(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  if (line.length <= DETAIL_LENGTH) return line;
  const cut = line.slice(0, DETAIL_LENGTH);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), DETAIL_LENGTH - 30))}…`;
}
