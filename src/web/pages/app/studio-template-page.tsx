import { MERGE_FIELDS } from "../../../domain/sequences/merge-fields.ts";
import { templateAsStep } from "../../../domain/sequences/template-step.ts";
import type { MailTemplate } from "../../../drivers/store/generated/client.ts";
import type { Reader } from "../../../operations/studio.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextArea, TextField } from "../ui/field.tsx";
import { MailLook, MailTabs, type MailView } from "../ui/mail-look.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tag } from "../ui/tag.tsx";
import { Reviewed } from "./studio-templates-page.tsx";

export interface TemplateTyped {
  title: string;
  topics: string;
  subject: string;
  body: string;
  owner: string;
}

export interface TemplatePageProps {
  viewer: Viewer;
  /** Null: a new one. */
  template: MailTemplate | null;
  typed: TemplateTyped;
  people: readonly { id: string; name: string }[];
  readers: readonly Reader[];
  as: string;
  view: MailView;
  /** As it would arrive; null where it cannot be made. */
  mail: { text: string; hasDark: boolean } | null;
  /** Why the mail cannot be shown for this person. */
  cannot: { message: string; remedy: string } | null;
  complaint: { place: string; message: string } | null;
  now: Date;
  said: string | null;
}

/** One mail of the bank: as a person would read it, and its text to change. */
export function studioTemplatePage(props: TemplatePageProps) {
  const { viewer, template, said, now } = props;
  const writes = viewerMay(viewer, "write-sequences");
  const title = template?.title ?? "A mail to use again";
  return (
    <AppPage viewer={viewer} title={title} styles={["studio", "mail-look"]}>
      <PageHead
        title={title}
        crumbs={[
          { href: "/studio", name: "Studio" },
          { href: "/studio/templates", name: "Mails to use again" },
        ]}
        meta={
          template === null ? undefined : (
            <>
              {template.retiredAt === null ? null : <Tag tone="warn">Retired</Tag>}
              {template.topics.map((topic) => (
                <Tag key={topic}>{topic}</Tag>
              ))}
              <span className="small soft">
                Last reviewed: <Reviewed on={template.reviewedOn} now={now} />
              </span>
            </>
          )
        }
      />
      <Said said={said} />
      <div className="studio-cols even">
        {template === null ? null : <Shown {...props} template={template} />}
        {writes ? <Form {...props} /> : null}
      </div>
    </AppPage>
  );
}

function Shown(props: TemplatePageProps & { template: MailTemplate }) {
  const { template, readers, as, cannot, mail, view } = props;
  const at = `/studio/templates/${template.id}`;
  return (
    <div>
      <Card title="As it would arrive">
        <form className="inline look-bar" action={at}>
          <SelectField
            id="as"
            label="As read by"
            defaultValue={as}
            options={[
              { value: "", label: "Somebody made up (samples)" },
              ...readers.map(({ caseId, contactId, contactName, accountName }) => ({
                value: `${caseId}.${contactId}`,
                label: `${contactName}, ${accountName}`,
              })),
            ]}
          />
          <button className="quiet" type="submit">
            Show
          </button>
        </form>
        {cannot === null ? (
          <>
            <MailTabs view={view} href={(one) => `${at}?as=${as}&view=${one}`} />
            <MailLook
              view={view}
              html={`${at}/html?as=${as}`}
              text={mail?.text ?? ""}
              hasDark={mail?.hasDark ?? false}
            />
            <SendLink {...props} />
          </>
        ) : (
          <Notice tone="refused" title={cannot.message}>
            {cannot.remedy}
          </Notice>
        )}
      </Card>
      <details className="card">
        <summary>Use it in a program</summary>
        <p className="small soft">
          As a step for a sequence’s file. Add what a step needs: a resource, a task and an objective; the
          linter says so too.
        </p>
        <pre>{templateAsStep(template)}</pre>
      </details>
    </div>
  );
}

/** To the page of the case that sends it: there it is read once more, with the day on which it goes. */
function SendLink({ viewer, template, readers, as }: TemplatePageProps & { template: MailTemplate }) {
  const reader = readers.find(({ caseId, contactId }) => as === `${caseId}.${contactId}`);
  if (reader === undefined || template.retiredAt !== null || !viewerMay(viewer, "work-cases")) return null;
  return (
    <p>
      <a className="button quiet small" href={`/cases/${reader.caseId}/mail?template=${template.id}`}>
        Send it to <bdi>{reader.contactName}</bdi>
      </a>
    </p>
  );
}

function Form(props: TemplatePageProps) {
  const { viewer, template, typed, people, complaint } = props;
  const wrong = (place: string) => (complaint?.place === place ? complaint.message : undefined);
  const at = template === null ? "/studio/templates" : `/studio/templates/${template.id}`;
  return (
    <div>
      <AppForm viewer={viewer} action={template === null ? at : `${at}/save`} className="card">
        <h2>{template === null ? "Write it" : "Change it"}</h2>
        <TextField
          id="title"
          label="Title"
          hint="What it is for; the reader does not see it."
          required
          maxLength={120}
          defaultValue={typed.title}
          complaint={wrong("title")}
        />
        <TextField
          id="topics"
          label="Topics"
          hint="Joined by commas: renewal, thanks"
          maxLength={200}
          defaultValue={typed.topics}
        />
        <TextField
          id="subject"
          label="Subject"
          required
          maxLength={200}
          defaultValue={typed.subject}
          complaint={wrong("subject")}
        />
        <TextArea
          id="body"
          label="Text"
          hint="Markdown. The CSM’s name stands below it by itself."
          required
          rows={12}
          maxLength={20_000}
          defaultValue={typed.body}
          complaint={wrong("body")}
        />
        <details className="fold">
          <summary>Merge fields</summary>
          <ul className="small">
            {Object.entries(MERGE_FIELDS).map(([field, { always, sample }]) => (
              <li key={field}>
                <code>{always ? `{{${field}}}` : `{{${field} | "words without it"}}`}</code>, like {sample}
              </li>
            ))}
          </ul>
        </details>
        <SelectField
          id="owner"
          label="Owner"
          defaultValue={typed.owner}
          complaint={wrong("owner")}
          options={[
            { value: "", label: "Nobody" },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <label className="choice">
          <input type="checkbox" name="reviewed" value="yes" />
          <span>I have read all of it today and stand by it</span>
        </label>
        <div className="buttons">
          <button type="submit">Save</button>
        </div>
      </AppForm>
      {template === null ? null : <Retire viewer={viewer} template={template} at={at} />}
    </div>
  );
}

function Retire({ viewer, template, at }: { viewer: Viewer; template: MailTemplate; at: string }) {
  const retired = template.retiredAt !== null;
  return (
    <AppForm viewer={viewer} action={`${at}/retire`} className="card test-form">
      <input type="hidden" name="retired" value={retired ? "no" : "yes"} />
      <button type="submit" className="quiet small">
        {retired ? "Put it back into the bank" : "Retire it"}
      </button>
      <p className="small soft">
        {retired ? "It is found again then." : "It leaves the bank and can be put back."}
      </p>
    </AppForm>
  );
}
