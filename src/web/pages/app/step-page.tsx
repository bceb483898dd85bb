import type { Reader } from "../../../operations/studio.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";

export type MailView = "desktop" | "phone" | "text" | "dark";
const MAIL_VIEWS: readonly MailView[] = ["desktop", "phone", "text", "dark"];

const viewNames: Readonly<Record<MailView, string>> = {
  desktop: "Desktop",
  phone: "Phone",
  text: "Text",
  dark: "Dark",
};

export interface StepPageProps {
  viewer: Viewer;
  /** "/studio/internal" or "/studio/drafts/<id>". */
  at: string;
  crumbs: readonly { href: string; name: string }[];
  stepKey: string;
  position: number;
  total: number;
  day: number;
  hasVariantB: boolean;
  neighbours: { before: string | null; after: string | null };
  chosen: { variant: "a" | "b"; view: MailView; as: string; version: number | null };
  readers: readonly Reader[];
  /** The mail, or why it cannot be made for the person chosen. */
  mail:
    | {
        ok: true;
        subject: string;
        text: string;
        htmlBytes: number;
        hasDark: boolean;
        warnings: readonly string[];
      }
    | { ok: false; message: string; remedy: string };
  said: string | null;
}

/** One mail as it will arrive: wide, on a phone, as text, in the dark; with samples or with a person's own values. */
export function stepPage(props: StepPageProps) {
  const { viewer, crumbs, position, total, day, mail, said, chosen } = props;
  return (
    <AppPage viewer={viewer} title={mail.ok ? mail.subject : props.stepKey} styles={["studio"]}>
      <PageHead
        title={mail.ok ? mail.subject : props.stepKey}
        crumbs={crumbs}
        meta={
          <>
            <Tag>
              Step {position} of {total}
            </Tag>
            <Tag>Day {day}</Tag>
            {chosen.variant === "b" ? <Tag tone="info">Variant B</Tag> : null}
          </>
        }
        actions={<Neighbours {...props} />}
      />
      <Said said={said} />
      <Choose {...props} />
      {mail.ok ? (
        <MailLook {...props} mail={mail} />
      ) : (
        <Notice tone="refused" title={mail.message}>
          {mail.remedy}
        </Notice>
      )}
      {mail.ok && viewerMay(viewer, "see") ? <TestForm {...props} /> : null}
    </AppPage>
  );
}

function addressOf(
  props: StepPageProps,
  change: Partial<StepPageProps["chosen"]> = {},
  step?: string,
): string {
  const { variant, view, as, version } = { ...props.chosen, ...change };
  const query = new URLSearchParams();
  if (variant === "b") query.set("variant", "b");
  if (view !== "desktop") query.set("view", view);
  if (as !== "") query.set("as", as);
  if (version !== null) query.set("version", String(version));
  const words = query.toString();
  return `${props.at}/steps/${step ?? props.stepKey}${words === "" ? "" : `?${words}`}`;
}

function Neighbours(props: StepPageProps) {
  const { before, after } = props.neighbours;
  return (
    <>
      {before === null ? null : (
        <a className="button quiet small" href={addressOf(props, { variant: "a" }, before)} rel="prev">
          Step before
        </a>
      )}
      {after === null ? null : (
        <a className="button quiet small" href={addressOf(props, { variant: "a" }, after)} rel="next">
          Next step
        </a>
      )}
    </>
  );
}

function Choose(props: StepPageProps) {
  const { chosen, readers, hasVariantB, at, stepKey } = props;
  return (
    <>
      <Tabs
        label="How the mail is shown"
        tabs={MAIL_VIEWS.map((view) => ({
          href: addressOf(props, { view }),
          name: viewNames[view],
          here: view === chosen.view,
        }))}
      />
      <form className="inline look-bar" action={`${at}/steps/${stepKey}`}>
        {chosen.view === "desktop" ? null : <input type="hidden" name="view" value={chosen.view} />}
        {chosen.version === null ? null : <input type="hidden" name="version" value={chosen.version} />}
        <SelectField
          id="as"
          label="As read by"
          defaultValue={chosen.as}
          options={[
            { value: "", label: "Somebody made up (samples)" },
            ...readers.map(({ caseId, contactId, contactName, accountName }) => ({
              value: `${caseId}.${contactId}`,
              label: `${contactName}, ${accountName}`,
            })),
          ]}
        />
        {hasVariantB ? (
          <SelectField
            id="variant"
            label="Which mail"
            defaultValue={chosen.variant}
            options={[
              { value: "a", label: "The ordinary mail" },
              { value: "b", label: "Variant B, if its gate was not met" },
            ]}
          />
        ) : null}
        <button className="quiet" type="submit">
          Show
        </button>
      </form>
    </>
  );
}

type Mail = Extract<StepPageProps["mail"], { ok: true }>;

function MailLook(props: StepPageProps & { mail: Mail }) {
  const { mail, chosen, at, stepKey } = props;
  const query = new URLSearchParams({ variant: chosen.variant, as: chosen.as });
  if (chosen.version !== null) query.set("version", String(chosen.version));
  if (chosen.view === "dark") query.set("scheme", "dark");
  return (
    <>
      {mail.warnings.map((warning) => (
        <Notice tone="warned" key={warning}>
          {warning}
        </Notice>
      ))}
      {chosen.view === "dark" ? <DarkWords hasDark={mail.hasDark} /> : null}
      {chosen.view === "text" ? (
        <Card title="The text part">
          <pre className="mail-text">{mail.text}</pre>
        </Card>
      ) : (
        <div className={`mail-look ${chosen.view}`}>
          <iframe
            title={`The mail, ${viewNames[chosen.view].toLowerCase()}`}
            src={`${at}/steps/${stepKey}/html?${query.toString()}`}
            sandbox=""
          />
        </div>
      )}
      <p className="small soft">
        {Math.ceil(mail.htmlBytes / 1024)} KB of HTML; Gmail cuts a mail at 102 KB. Nothing is sent by
        looking.
      </p>
    </>
  );
}

function DarkWords({ hasDark }: { hasDark: boolean }) {
  return (
    <Notice tone="informed">
      {hasDark
        ? "The mail’s own colours for the dark, switched on. Programs that follow them show this; Gmail makes colours of its own."
        : "This mail has no colours of its own for the dark: mail programs make theirs."}
    </Notice>
  );
}

function TestForm(props: StepPageProps) {
  const { viewer, at, stepKey, chosen } = props;
  return (
    <AppForm viewer={viewer} action={`${at}/steps/${stepKey}/test`} className="card test-form">
      <input type="hidden" name="variant" value={chosen.variant} />
      <input type="hidden" name="as" value={chosen.as} />
      <input type="hidden" name="version" value={chosen.version ?? ""} />
      <input type="hidden" name="back" value={addressOf(props)} />
      <button className="quiet" type="submit">
        <Icon name="mailbox" />
        Send this to myself
      </button>
      <p className="small soft">
        To your own address and nobody else’s, marked “[Test]”, without tracking. Its links lead back here.
      </p>
    </AppForm>
  );
}
