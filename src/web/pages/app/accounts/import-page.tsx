import { ACCOUNT_COLUMNS } from "../../../../domain/accounts/account-row.ts";
import { CONTACT_COLUMNS } from "../../../../domain/accounts/contact-row.ts";
import { ROW_LIMIT } from "../../../../domain/accounts/read-csv.ts";
import { TASK_COLUMNS } from "../../../../domain/accounts/task-row.ts";
import { TIMELINE_COLUMNS, TIMELINE_KINDS } from "../../../../domain/accounts/timeline-row.ts";
import type { ImportReport } from "../../../../operations/import-report.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { ChoiceCards, TextArea, TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PageHead } from "../../ui/page-head.tsx";
import { Stats } from "../../ui/stats.tsx";
import { Table } from "../../ui/table.tsx";
import { AccountTabs } from "./account-tabs.tsx";

/** What comes in as a file, in the order in which one needs the other. */
export const LISTS = ["accounts", "contacts", "tasks", "timeline"] as const;

export interface ImportDone {
  what: (typeof LISTS)[number];
  report: ImportReport;
  /** What was pasted, to correct and send again; null after a file. */
  pasted: string | null;
}

const REJECTED_SHOWN = 200;

/** A CSV file in, a row-by-row report out. Good rows are in even when others are refused. */
export function importPage(props: { viewer: Viewer; done: ImportDone | null; complaint: string | null }) {
  const { viewer, done, complaint } = props;
  return (
    <AppPage viewer={viewer} title="Import" styles={["settings"]}>
      <PageHead title="Import" />
      <AccountTabs here="/import" />
      {done === null ? null : <Report done={done} />}
      {complaint === null ? null : <Notice tone="refused">{complaint}</Notice>}
      <div className="cols two">
        <Card title={done === null ? "A CSV file" : "Once more"}>
          <AppForm viewer={viewer} action="/import" files>
            <ChoiceCards
              name="what"
              legend="What is in it"
              chosen={done?.what ?? "accounts"}
              required
              options={[
                { value: "accounts", label: "Accounts" },
                { value: "contacts", label: "People", note: "Their accounts must be there first." },
                { value: "tasks", label: "Tasks", note: "What somebody of us does in a case." },
                { value: "timeline", label: "Story", note: "What happened at an account." },
              ]}
            />
            <TextField
              id="file"
              type="file"
              accept=".csv,text/csv"
              label="File"
              hint={`UTF-8 with a header line, at most 10 MB and ${ROW_LIMIT.toLocaleString("en-GB")} rows.`}
            />
            <TextArea
              id="pasted"
              label="Or paste the rows here"
              hint="With the header line."
              defaultValue={done?.pasted ?? ""}
              className="mono"
            />
            <button type="submit">Import</button>
          </AppForm>
        </Card>
        <div>
          {viewerMay(viewer, "export") ? <TakeOut /> : null}
          <Columns />
        </div>
      </div>
    </AppPage>
  );
}

const files = [
  { href: "/accounts.csv", name: "Accounts" },
  { href: "/contacts.csv", name: "People" },
  { href: "/tasks.csv", name: "Tasks" },
  { href: "/timeline.csv", name: "Story" },
  { href: "/program-tasks.csv", name: "What people were asked to do" },
  { href: "/cases.csv", name: "Cases with minutes" },
] as const;

function TakeOut() {
  return (
    <Card title="Take out">
      <p className="small soft">
        The first four come in again unchanged, here or in another workspace. What people were asked to do,
        and cases with their estimated minutes, only leave: they come from what people did.
      </p>
      <div className="buttons">
        {files.map(({ href, name }) => (
          <a key={href} className="button quiet small" href={href}>
            <Icon name="download" />
            {name}
          </a>
        ))}
      </div>
    </Card>
  );
}

function Columns() {
  return (
    <Card title="Columns">
      <p>
        Safe to repeat: a row is found by its <code>external_ref</code>, else by its name or address, and an
        empty cell keeps what is known. A line that repeats another one is counted once; one that says
        something else about the same thing is refused.
      </p>
      <h3>Accounts</h3>
      <p className="small">
        <code>{ACCOUNT_COLUMNS.join(", ")}</code>
      </p>
      <p className="small soft">
        Needed: name, product. Dates as 2026-11-30, lists parted by semicolons, work_week as mon-fri.
      </p>
      <h3>People</h3>
      <p className="small">
        <code>{CONTACT_COLUMNS.join(", ")}</code>
      </p>
      <p className="small soft">Needed: account (its external_ref or name), name.</p>
      <h3>Tasks</h3>
      <p className="small">
        <code>{TASK_COLUMNS.join(", ")}</code>
      </p>
      <p className="small soft">
        Needed: external_ref, account, text. An empty case is the account’s open one. Times as 2026-11-30 or
        2026-11-30T16:30:00Z; without owner_email a task goes to the account’s owner.
      </p>
      <h3>Story</h3>
      <p className="small">
        <code>{TIMELINE_COLUMNS.join(", ")}</code>
      </p>
      <p className="small soft">
        Needed: account, date, text. Kinds: {TIMELINE_KINDS.join(", ")}. Only we see it unless visibility is
        customer. It is read by people; nobody’s readiness changes by it.
      </p>
    </Card>
  );
}

function Report({ done }: { done: ImportDone }) {
  const { created, updated, unchanged, rejected } = done.report;
  return (
    <section aria-label="What the import did">
      <Notice
        tone={rejected.length === 0 ? "said" : "warned"}
        title={
          rejected.length === 0
            ? "Every row is in."
            : created + updated + unchanged === 0
              ? "No row could be taken."
              : "The good rows are in; these were refused."
        }
      >
        {rejected.length === 0 ? "" : "Correct them in your file and import it again: nothing is doubled."}
      </Notice>
      <Stats
        stats={[
          { label: "created", value: created },
          { label: "updated", value: updated },
          { label: "unchanged", value: unchanged },
          { label: "refused", value: rejected.length },
        ]}
      />
      {rejected.length === 0 ? null : (
        <Card title="Refused rows">
          <Table
            caption="Refused rows"
            rows={rejected.slice(0, REJECTED_SHOWN).map((row, index) => ({ ...row, key: String(index) }))}
            keyOf={(row) => row.key}
            columns={[
              { head: "Line", cell: (row) => row.line },
              { head: "Column", cell: (row) => (row.column === "" ? "" : <code>{row.column}</code>) },
              { head: "What is wrong", cell: (row) => <bdi>{row.message}</bdi> },
              { head: "What to do", cell: (row) => row.remedy },
            ]}
          />
          {rejected.length > REJECTED_SHOWN ? (
            <p className="soft">And {(rejected.length - REJECTED_SHOWN).toLocaleString("en-GB")} more.</p>
          ) : null}
        </Card>
      )}
    </section>
  );
}
