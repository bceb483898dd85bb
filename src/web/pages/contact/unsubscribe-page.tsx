import { Narrow } from "../layout.tsx";

/** One button. Scanners open links, so opening this page stops nothing. */
export function unsubscribeView(address: string) {
  return (
    <Narrow styles={["contact"]} title="Stop these mails">
      <section className="card">
        <h1>Stop these mails?</h1>
        <p>One click, and no more of them come. Nothing else is asked.</p>
        <form method="post" action={address}>
          <button type="submit">Stop all mails</button>
        </form>
        <p className="soft small">
          Too many at once? Every mail also has a link to your page, where you can slow them down or pause
          them.
        </p>
      </section>
    </Narrow>
  );
}

export function unsubscribedView() {
  return (
    <Narrow styles={["contact"]} title="Done">
      <section className="card said">
        <h1>Done</h1>
        <p>You get no more of these mails, from now on.</p>
        <p className="soft">
          If you stopped them by mistake, reply to any mail you have from us: a person reads it and starts
          them again. Everything you did is still there.
        </p>
      </section>
    </Narrow>
  );
}
