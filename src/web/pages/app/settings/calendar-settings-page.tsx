import type { Workspace } from "../../../../drivers/store/generated/client.ts";
import { AppForm, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../../ui/field.tsx";
import { dateWords } from "../../words.ts";
import { SettingsPage } from "./settings-page.tsx";

const weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(
  (label, index) => ({ value: String(index + 1), label }),
);

/** When people are written to, unless their account says otherwise. */
export function calendarSettingsPage(props: {
  viewer: Viewer;
  workspace: Workspace;
  /** The next days without program mail: date "2026-12-25" and its name. */
  ahead: readonly { date: string; name: string }[];
  said: string | null;
}) {
  const { viewer, workspace, ahead, said } = props;
  const locked = !viewerMay(viewer, "manage-settings");
  return (
    <SettingsPage viewer={viewer} here="/settings/calendar" title="Windows and holidays" said={said}>
      <div className="cols two">
        <Card title="When mail may go">
          <AppForm viewer={viewer} action="/settings/calendar">
            <div className="inline">
              <TextField
                id="windowStart"
                type="time"
                label="Not before"
                defaultValue={workspace.windowStart}
                required
                disabled={locked}
              />
              <TextField
                id="windowEnd"
                type="time"
                label="Not after"
                defaultValue={workspace.windowEnd}
                required
                disabled={locked}
              />
            </div>
            <p className="hint">On the contact's own clock, whichever zone they are in.</p>
            <fieldset disabled={locked}>
              <legend>Working week</legend>
              <div className="weekdays">
                {weekdays.map((day) => (
                  <label key={day.value} className="choice">
                    <input
                      type="checkbox"
                      name="workWeek"
                      value={day.value}
                      defaultChecked={workspace.workWeek.includes(Number(day.value))}
                    />
                    {day.label}
                  </label>
                ))}
              </div>
            </fieldset>
            <TextField
              id="holidayCountry"
              label="Public holidays of"
              hint="Country, with a region where they differ: NO, US, DE-BY. An account's own country wins. Empty: none."
              defaultValue={workspace.holidayCountry ?? ""}
              disabled={locked}
            />
            <TextArea
              id="closedDays"
              label="Your own days off"
              hint="One date per line, like 2026-12-24. No program mail goes on them, to anybody."
              defaultValue={workspace.closedDays.map((day) => day.toISOString().slice(0, 10)).join("\n")}
              disabled={locked}
            />
            <TextField
              id="reportZone"
              label="Time zone of reports"
              hint="And of contacts whose own and whose account's zone are unknown."
              defaultValue={workspace.reportZone}
              required
              disabled={locked}
            />
            <SelectField
              id="weekStart"
              label="A week begins on"
              options={weekdays}
              defaultValue={String(workspace.weekStart)}
              disabled={locked}
            />
            {locked ? (
              <p className="soft">An admin can change these.</p>
            ) : (
              <button type="submit">Save</button>
            )}
          </AppForm>
        </Card>
        <Card title="Next days without program mail">
          {ahead.length === 0 ? (
            <p className="soft">
              None in the next twelve months. Name the country on the left, and its public holidays count.
            </p>
          ) : (
            <ul className="rows">
              {ahead.map((day) => (
                <li key={day.date}>
                  <span>{day.name}</span>
                  <time className="soft nowrap" dateTime={day.date}>
                    {dateWords(day.date)}
                  </time>
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </SettingsPage>
  );
}
