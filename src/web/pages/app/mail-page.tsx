import { hasDarkColours } from "../../mail-scheme.ts";
import type { CapturedMail } from "../../web-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { DarkWords } from "../ui/mail-look.tsx";
import { Notice } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Time } from "../ui/time.tsx";

export const MAIL_VIEWS = ["desktop", "phone", "text", "dark", "headers", "source"] as const;
export type MailView = (typeof MAIL_VIEWS)[number];

const names: Readonly<Record<MailView, string>> = {
  desktop: "Desktop",
  phone: "Phone",
  text: "Text",
  dark: "Dark",
  headers: "Headers",
  source: "Source",
};
const SOURCE_SHOWN = 20_000;

/** One captured mail, as its reader sees it and as it went over the wire. */
export function mailPage({ viewer, mail, view }: { viewer: Viewer; mail: CapturedMail; view: MailView }) {
  const header = (name: string) => mail.headers.find((one) => one.name.toLowerCase() === name)?.value;
  const replyTo = header("reply-to");
  return (
    <AppPage viewer={viewer} title={mail.subject} styles={["mailbox"]}>
      <PageHead
        title={mail.subject === "" ? "(no subject)" : mail.subject}
        crumbs={[{ href: "/mailbox", name: "Mailbox" }]}
      />
      <Card className="envelope">
        <dl className="facts">
          <dt>From</dt>
          <dd>
            <bdi>{header("from") ?? mail.from}</bdi>
          </dd>
          <dt>To</dt>
          <dd>
            <bdi>{header("to") ?? mail.to.join(", ")}</bdi>
          </dd>
          {replyTo === undefined ? null : (
            <>
              <dt>Replies go to</dt>
              <dd>
                <bdi>{replyTo}</bdi>
              </dd>
            </>
          )}
          <dt>Received</dt>
          <dd>
            <Time at={mail.receivedAt} zone={viewer.zone} />
          </dd>
        </dl>
      </Card>
      {mail.text?.includes("/sign-in/") ? (
        <Notice tone="informed">
          The link in this mail signs in only the browser that asked for it: opened from here, it lets nobody
          else in.
        </Notice>
      ) : null}
      <Tabs
        label="How to look at this mail"
        tabs={MAIL_VIEWS.map((one) => ({
          href: one === "desktop" ? `/mailbox/${mail.id}` : `/mailbox/${mail.id}?view=${one}`,
          name: names[one],
          here: one === view,
        }))}
      />
      <Body mail={mail} view={view} />
    </AppPage>
  );
}

function Body({ mail, view }: { mail: CapturedMail; view: MailView }) {
  switch (view) {
    case "desktop":
    case "phone":
    case "dark":
      if (mail.html === null)
        return <p className="soft">This mail has no HTML part; its text says it all.</p>;
      return (
        <div className={`sheet ${view}`}>
          {view === "dark" ? <DarkWords hasDark={hasDarkColours(mail.html)} /> : null}
          {/* No allow-scripts and no allow-same-origin: whatever a mail holds, it cannot run or read anything. */}
          <iframe
            title={`The mail, ${view === "phone" ? "390" : "640"} pixels wide`}
            src={`/mailbox/${mail.id}/html${view === "dark" ? "?scheme=dark" : ""}`}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
          />
        </div>
      );
    case "text":
      return mail.text === null ? (
        <p className="soft">This mail has no text part.</p>
      ) : (
        <pre>{mail.text}</pre>
      );
    case "headers":
      return <Headers mail={mail} />;
    case "source":
      return (
        <>
          <p>
            <a href={`/mailbox/${mail.id}/source`}>The whole source, as it came over SMTP</a>
          </p>
          <pre>{mail.source.slice(0, SOURCE_SHOWN)}</pre>
          {mail.source.length > SOURCE_SHOWN ? <p className="soft">It goes on; the whole is above.</p> : null}
        </>
      );
    default:
      return view satisfies never;
  }
}

function Headers({ mail }: { mail: CapturedMail }) {
  // Headers may repeat, so only their place tells them apart.
  const numbered = mail.headers.map((one, place) => ({ ...one, place }));
  return (
    <Card>
      <dl className="facts mono">
        {numbered.map((one) => (
          <HeaderLine key={one.place} name={one.name} value={one.value} />
        ))}
      </dl>
    </Card>
  );
}

function HeaderLine({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
