import { Notice } from "./notice.tsx";
import { Tabs } from "./tabs.tsx";

/** How a mail is looked at before it goes, on every page that shows one. Its styles are "mail-look". */
export const MAIL_VIEWS = ["desktop", "phone", "text", "dark"] as const;
export type MailView = (typeof MAIL_VIEWS)[number];

const names: Readonly<Record<MailView, string>> = {
  desktop: "Desktop",
  phone: "Phone",
  text: "Text",
  dark: "Dark",
};

export function MailTabs({ view, href }: { view: MailView; href: (view: MailView) => string }) {
  return (
    <Tabs
      label="How the mail is shown"
      tabs={MAIL_VIEWS.map((one) => ({ href: href(one), name: names[one], here: one === view }))}
    />
  );
}

/** `html` answers the mail itself, in the colours that its query "scheme" names. */
export function MailLook(props: { view: MailView; html: string; text: string; hasDark: boolean }) {
  const { view, html, text, hasDark } = props;
  if (view === "text") return <pre className="mail-text">{text}</pre>;
  const dark = `${html.includes("?") ? "&" : "?"}scheme=dark`;
  return (
    <>
      {view === "dark" ? <DarkWords hasDark={hasDark} /> : null}
      <div className={`mail-look ${view}`}>
        <iframe
          title={`The mail, ${names[view].toLowerCase()}`}
          src={view === "dark" ? `${html}${dark}` : html}
          sandbox=""
        />
      </div>
    </>
  );
}

export function DarkWords({ hasDark }: { hasDark: boolean }) {
  return (
    <Notice tone="informed">
      {hasDark
        ? "The mail’s own colours for the dark, switched on. Programs that follow them show this; Gmail makes colours of its own."
        : "This mail has no colours of its own for the dark: mail programs make theirs."}
    </Notice>
  );
}
