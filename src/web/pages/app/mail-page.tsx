import type { CapturedMail } from "../../web-parts.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { timeWords } from "../words.ts";

export function mailPage(viewer: Viewer, mail: CapturedMail) {
  // Headers may repeat, so only their place tells them apart.
  const numbered = mail.headers.map((one, place) => ({ ...one, place }));
  const header = (name: string) => mail.headers.find((one) => one.name.toLowerCase() === name)?.value;
  return (
    <AppPage viewer={viewer} title={mail.subject}>
      <p className="small">
        <a href="/mailbox">Mailbox</a>
      </p>
      <h1>{mail.subject === "" ? "(no subject)" : mail.subject}</h1>
      <dl className="facts">
        <dt>From</dt>
        <dd>{header("from") ?? mail.from}</dd>
        <dt>To</dt>
        <dd>{header("to") ?? mail.to.join(", ")}</dd>
        <dt>Replies go to</dt>
        <dd>{header("reply-to") ?? "the sender"}</dd>
        <dt>Received</dt>
        <dd>{timeWords(mail.receivedAt, "utc")} UTC</dd>
      </dl>
      {mail.html === null ? null : (
        // No allow-scripts and no allow-same-origin: whatever a mail holds, it cannot run or read anything.
        <iframe
          title="The mail as HTML"
          src={`/mailbox/${mail.id}/html`}
          sandbox="allow-popups allow-popups-to-escape-sandbox"
        />
      )}
      <p />
      <details className="card" open={mail.html === null}>
        <summary>Text part</summary>
        <pre>{mail.text ?? "There is none."}</pre>
      </details>
      <details className="card">
        <summary>Headers ({mail.headers.length})</summary>
        <dl className="facts">
          {numbered.map((one) => (
            <HeaderLine key={one.place} name={one.name} value={one.value} />
          ))}
        </dl>
      </details>
      <p>
        <a href={`/mailbox/${mail.id}/source`}>Source, as it came over SMTP</a>
      </p>
    </AppPage>
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
