import type { OneOffDesk } from "../../../operations/one-off-desk.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { hasDarkColours } from "../../mail-scheme.ts";
import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { MailLook, MailTabs, type MailView } from "../ui/mail-look.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { zoneWords } from "./case-words.ts";

export interface OneOffTyped {
  when: "now" | "later";
  on: string;
  at: string;
}

export interface OneOffPageProps {
  viewer: Viewer;
  caseId: string;
  desk: OneOffDesk;
  templates: readonly { id: string; title: string }[];
  /** The template that was chosen, with its mail for this contact or why there is none. */
  chosen: {
    id: string;
    mail:
      | { ok: true; subject: string; html: string; text: string }
      | { ok: false; message: string; remedy: string };
  } | null;
  view: MailView;
  typed: OneOffTyped;
  problem: Refusal | null;
}

/** A mail of the bank to the contact of a case: chosen, read exactly as it will go, then sent (S0-37, S0-38). */
export function caseOneOffPage(props: OneOffPageProps) {
  const { viewer, caseId, desk, templates, chosen } = props;
  const { account, contact, csm } = desk.frame;
  const address = `/cases/${caseId}/mail`;
  return (
    <AppPage viewer={viewer} title={`A mail to ${contact.name}`} styles={["case-room", "mail-look"]}>
      <PageHead
        title="A mail from the bank"
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${caseId}`, name: account.name },
        ]}
        meta={
          <span className="soft">
            To <bdi>{contact.name}</bdi>
            {csm === null ? "" : `, signed by ${csm.name}, who gets the answer`}
          </span>
        }
      />
      {desk.blocked === null ? null : (
        <Notice tone="warned" title={desk.blocked.message}>
          {desk.blocked.remedy}
        </Notice>
      )}
      <Card title="Which mail">
        {templates.length === 0 ? (
          <Empty
            icon="mailbox"
            title="The bank is empty"
            action={<a href="/studio/templates">The bank of mails</a>}
          >
            An author writes the mails that can be used again.
          </Empty>
        ) : (
          <form className="inline" action={address}>
            <SelectField
              id="template"
              label="From the bank"
              defaultValue={chosen?.id ?? ""}
              options={templates.map(({ id, title }) => ({ value: id, label: title }))}
            />
            <button className="quiet" type="submit">
              Show
            </button>
          </form>
        )}
      </Card>
      {chosen === null ? null : chosen.mail.ok ? (
        <>
          {desk.blocked === null ? <SendForm {...props} templateId={chosen.id} /> : null}
          <h2>
            <bdi>{chosen.mail.subject}</bdi>
          </h2>
          <MailTabs view={props.view} href={(view) => `${address}?template=${chosen.id}&view=${view}`} />
          <MailLook
            view={props.view}
            html={`${address}/html?template=${chosen.id}`}
            text={chosen.mail.text}
            hasDark={hasDarkColours(chosen.mail.html)}
          />
        </>
      ) : (
        <Notice tone="refused" title={chosen.mail.message}>
          {chosen.mail.remedy}
        </Notice>
      )}
    </AppPage>
  );
}

function SendForm({
  viewer,
  caseId,
  desk,
  typed,
  problem,
  templateId,
}: OneOffPageProps & { templateId: string }) {
  const complaint = problem === null ? undefined : `${problem.message} ${problem.remedy}`;
  const isDay = problem?.place === "on";
  return (
    <Card title="When">
      {problem === null || isDay ? null : (
        <Notice tone="refused" title={problem.message}>
          {problem.remedy}
        </Notice>
      )}
      <AppForm viewer={viewer} action={`/cases/${caseId}/mail`}>
        <input type="hidden" name="template" value={templateId} />
        <fieldset>
          <legend>It goes</legend>
          <div className="inline-choices">
            {(["now", "later"] as const).map((when) => (
              <label className="choice" key={when}>
                <input type="radio" name="when" value={when} defaultChecked={typed.when === when} />
                <span>{when === "now" ? "Now, or when their working hours begin" : "On the day below"}</span>
              </label>
            ))}
          </div>
        </fieldset>
        <div className="inline">
          <TextField
            id="on"
            type="date"
            label="Day"
            defaultValue={typed.on}
            complaint={isDay ? complaint : undefined}
          />
          <TextField id="at" type="time" label="Time" defaultValue={typed.at} />
          <button type="submit">Send it</button>
        </div>
        <p className="hint">
          <bdi>{desk.frame.contact.firstName}</bdi>'s time, {zoneWords(desk.zone)}. It counts as the mail of
          that day: the program waits for the next. It can be taken back until it leaves.
        </p>
      </AppForm>
    </Card>
  );
}
