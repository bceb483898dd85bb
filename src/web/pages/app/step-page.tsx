import type { Reader } from "../../../operations/studio.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { SelectField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { MailLook, MailTabs, type MailView } from "../ui/mail-look.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tag } from "../ui/tag.tsx";

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
    <AppPage viewer={viewer} title={mail.ok ? mail.subject : props.stepKey} styles={["studio", "mail-look"]}>
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
        <StepLook {...props} mail={mail} />
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
      <MailTabs view={chosen.view} href={(view) => addressOf(props, { view })} />
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

function StepLook(props: StepPageProps & { mail: Mail }) {
  const { mail, chosen, at, stepKey } = props;
  const query = new URLSearchParams({ variant: chosen.variant, as: chosen.as });
  if (chosen.version !== null) query.set("version", String(chosen.version));
  return (
    <>
      {mail.warnings.map((warning) => (
        <Notice tone="warned" key={warning}>
          {warning}
        </Notice>
      ))}
      <MailLook
        view={chosen.view}
        html={`${at}/steps/${stepKey}/html?${query.toString()}`}
        text={mail.text}
        hasDark={mail.hasDark}
      />
      <p className="small soft">
        {Math.ceil(mail.htmlBytes / 1024)} KB of HTML; Gmail cuts a mail at 102 KB. Nothing is sent by
        looking.
      </p>
    </>
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
