import { Narrow } from "../layout.tsx";

export function signInPage() {
  return (
    <Narrow title="Sign in · Baton">
      <section className="card">
        <h1>Sign in to Baton</h1>
        <form method="post" action="/sign-in">
          <div className="field">
            <label htmlFor="email">
              Your work address
              <span className="hint">We mail you a link; there is no password.</span>
            </label>
            <input id="email" type="email" name="email" required autoComplete="email" />
          </div>
          <button type="submit">Mail me a link</button>
        </form>
      </section>
    </Narrow>
  );
}

/** The same for every address, known or not. */
export function signInSentPage() {
  return (
    <Narrow title="Look into your mailbox · Baton">
      <section className="card said">
        <h1>Look into your mailbox</h1>
        <p>
          If this address belongs to somebody here, a link is on its way. It works once, for 15 minutes, in
          this browser.
        </p>
      </section>
    </Narrow>
  );
}

export function signInTokenPage(address: string) {
  return (
    <Narrow title="Sign in · Baton">
      <section className="card">
        <h1>Sign in to Baton</h1>
        <p>One more click, so that a program that only opens links does not use yours up.</p>
        <form method="post" action={address}>
          <button type="submit">Sign in</button>
        </form>
      </section>
    </Narrow>
  );
}
