import type { Workspace } from "../../../../drivers/store/generated/client.ts";
import type { ComplaintCount } from "../../../../drivers/store/mail-holds.ts";
import type { OpenHold } from "../../../../operations/mail-holds.ts";
import type { DnsFinding, MailSetup } from "../../../web-parts.ts";
import { AppForm, type Viewer, viewerMay } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { ChoiceCards, TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Tag } from "../../ui/tag.tsx";
import { MailHolds } from "../mail-holds.tsx";
import { SettingsPage } from "./settings-page.tsx";

export interface MailHealth {
  submitted: number;
  bounced: number;
  complained: number;
  uncertain: number;
  failed: number;
}

/** Who the mails come from, whether receivers can believe it, and how the last 30 days went. */
export function mailSettingsPage(props: {
  viewer: Viewer;
  workspace: Workspace;
  setup: MailSetup;
  /** Null until somebody asks for the check. */
  findings: readonly DnsFinding[] | null;
  health: MailHealth;
  /** Program mails with today's date. */
  today: number;
  holds: readonly OpenHold[];
  warnings: readonly ComplaintCount[];
  now: Date;
  said: string | null;
}) {
  const { viewer, workspace, setup, findings, health, today, said } = props;
  const isFull = workspace.dailyMailCap > 0 && today >= workspace.dailyMailCap;
  return (
    <SettingsPage viewer={viewer} here="/settings/mail" title="Sender and mail" said={said}>
      <MailHolds
        viewer={viewer}
        holds={props.holds}
        warnings={props.warnings}
        back="/settings/mail"
        now={props.now}
      />
      <div className="cols two">
        <Card title="Who the mails come from">
          <SenderForm viewer={viewer} workspace={workspace} />
        </Card>
        <div>
          <Card title="How mail leaves">
            {setup.server === null ? (
              <Notice tone="informed">
                Nothing leaves this machine: mail is captured and shown under Mailbox. Set SMTP_URL to deliver
                it.
              </Notice>
            ) : (
              <p>
                By <code>{setup.server}</code>.
              </p>
            )}
            {isFull ? (
              <Notice tone="warned" title="Today is full.">
                {today.toLocaleString("en-GB")} program mails go today, as many as you let go in one day.
                Whoever else is due waits for the next day with room; nobody is left out.
              </Notice>
            ) : null}
            <Health health={health} today={today} cap={workspace.dailyMailCap} />
          </Card>
          <Card title="What receivers check">
            <p className="soft">
              SPF, DKIM and DMARC are TXT records in your DNS. Receivers go by the domain their reader sees in
              From: it needs a DMARC record, and the DKIM signature or the return path must belong to it.
            </p>
            {findings === null ? null : <DnsTable findings={findings} />}
            <form method="get" action="/settings/mail">
              <input type="hidden" name="check" value="dns" />
              <button className="quiet" type="submit">
                {findings === null ? "Check now" : "Check again"}
              </button>
            </form>
            {setup.dkim === null || findings !== null ? null : (
              <details className="fold">
                <summary>The DKIM record</summary>
                <p className="small">
                  TXT at <code>{setup.dkim.name}</code>
                </p>
                <pre>{setup.dkim.record}</pre>
              </details>
            )}
          </Card>
        </div>
      </div>
    </SettingsPage>
  );
}

function SenderForm({ viewer, workspace }: { viewer: Viewer; workspace: Workspace }) {
  const locked = !viewerMay(viewer, "manage-settings");
  return (
    <AppForm viewer={viewer} action="/settings/mail">
      <TextField
        id="name"
        label="Your company"
        hint="Stands in the footer of every mail."
        defaultValue={workspace.name}
        required
        disabled={locked}
      />
      <TextField
        id="postalAddress"
        label="Postal address"
        hint="Mail law in many countries asks for it in every mail."
        defaultValue={workspace.postalAddress}
        required
        disabled={locked}
      />
      <TextField
        id="mailDomain"
        label="Mail domain"
        hint="Of the return path, the reply addresses and the Message-IDs. From and Reply-To are the CSM's own."
        defaultValue={workspace.mailDomain}
        required
        disabled={locked}
      />
      <TextField
        id="dailyMailCap"
        type="number"
        min={0}
        max={1_000_000}
        label="Program mails a day, at most"
        hint="So that a mistaken mass enrollment writes to no more than these; the others follow on the next days. 0: no limit."
        defaultValue={String(workspace.dailyMailCap)}
        required
        disabled={locked}
      />
      <ChoiceCards
        name="clickTracking"
        legend="Links in mails"
        chosen={workspace.clickTracking}
        options={[
          {
            value: "page_only",
            label: "Lead to the contact's own page",
            note: "Nothing outside it is followed. Opens are never counted.",
          },
          {
            value: "redirect",
            label: "Go through a signed redirect",
            note: "A click can be seen, told from a scanner's, and gives no readiness points by itself.",
          },
        ]}
      />
      {locked ? <p className="soft">An admin can change these.</p> : <button type="submit">Save</button>}
    </AppForm>
  );
}

function Health({ health, today, cap }: { health: MailHealth; today: number; cap: number }) {
  const share = (part: number) =>
    health.submitted === 0 ? "" : ` (${((part / health.submitted) * 100).toFixed(2)} %)`;
  return (
    <dl className="facts">
      <dt>Program mails today</dt>
      <dd>
        {today.toLocaleString("en-GB")} {cap === 0 ? "" : `of ${cap.toLocaleString("en-GB")}`}
      </dd>
      <dt>Last 30 days</dt>
      <dd>{health.submitted.toLocaleString("en-GB")} submitted</dd>
      <dt>Bounced</dt>
      <dd>
        {health.bounced}
        {share(health.bounced)}
      </dd>
      <dt>Complaints</dt>
      <dd>
        {health.complained}
        {share(health.complained)}
      </dd>
      <dt>Uncertain</dt>
      <dd>{health.uncertain}</dd>
      <dt>Failed for good</dt>
      <dd>{health.failed}</dd>
    </dl>
  );
}

const spelled = { spf: "SPF", dkim: "DKIM", dmarc: "DMARC", alignment: "Alignment" } as const;

function DnsTable({ findings }: { findings: readonly DnsFinding[] }) {
  return (
    <ul className="rows">
      {findings.map((one) => (
        <li key={`${one.what} ${one.name}`}>
          <div>
            <p>
              <strong>{spelled[one.what]}</strong>{" "}
              <Tag tone={one.state === "ok" ? "good" : "bad"}>
                {one.what === "alignment"
                  ? one.state === "ok"
                    ? "Aligned"
                    : "Not aligned"
                  : one.state === "ok"
                    ? "There"
                    : "Missing"}
              </Tag>
            </p>
            <p className="small soft">
              {one.what === "alignment" ? "From" : "At"} <code>{one.name}</code>: {one.found}
            </p>
            <Remedy finding={one} />
          </div>
        </li>
      ))}
    </ul>
  );
}

function Remedy({ finding }: { finding: DnsFinding }) {
  if (finding.remedy === "") return null;
  if (finding.what === "alignment") return <p className="small">{finding.remedy}</p>;
  return (
    <>
      <p className="small">{finding.found === "no key is set" ? "" : "Publish this TXT record:"}</p>
      <pre className="small">{finding.remedy}</pre>
    </>
  );
}
