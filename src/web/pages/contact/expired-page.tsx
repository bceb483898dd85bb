import { Narrow } from "../layout.tsx";
import { type Typed, WhatYouWrote } from "../what-you-wrote.tsx";

/** A link that was ours and is too old, or was made void. One button mails a fresh one to the address we know; none is asked for. */
export function expiredPageView(address: string, written: readonly Typed[] = []) {
  return (
    <Narrow styles={["contact"]} title="This link is too old">
      <section className="card">
        <h1>This link is too old</h1>
        <p>
          Links in our mails stop working after a while, so that an old mail in the wrong hands opens nothing.
        </p>
        <p>We can send a fresh one to the address we have for you. Everything you did is still there.</p>
        <form method="post" action={`${address}/renew`}>
          <button type="submit">Mail me a fresh link</button>
        </form>
      </section>
      <WhatYouWrote written={written} />
    </Narrow>
  );
}

/** Says the same whether or not a mail could be sent: the address is not confirmed to anybody. */
export function renewedPageView() {
  return (
    <Narrow styles={["contact"]} title="A fresh link is on its way">
      <section className="card said">
        <h1>A fresh link is on its way</h1>
        <p>Look into your mailbox in a few minutes. If nothing comes, reply to any mail you have from us.</p>
      </section>
    </Narrow>
  );
}
