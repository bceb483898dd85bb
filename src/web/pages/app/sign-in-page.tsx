import type { ReactNode } from "react";
import { BrandMark, Narrow } from "../layout.tsx";
import { TextField } from "../ui/field.tsx";

/** In local mode no mail leaves the machine, so where the link is found is said to everybody alike. */
function WhereItIs({ captured }: { captured: boolean }) {
  if (!captured) return null;
  return (
    <p className="small soft">
      This Baton keeps its mail to itself until SMTP_URL is set. Nobody here is signed in yet? The console in
      which it was started shows a sign-in link; the captured mail is shown to who is signed in.
    </p>
  );
}

export function signInPage({ captured }: { captured: boolean }) {
  return (
    <Narrow title="Sign in · Baton" styles={["door"]}>
      <Door>
        <h1>Sign in to Baton</h1>
        <p className="soft">
          When a customer’s main contact leaves, Baton brings the person who takes over along, and tells you
          when they are ready to meet.
        </p>
        <form method="post" action="/sign-in">
          <TextField
            id="email"
            type="email"
            label="Your work address"
            hint="We mail you a link; there is no password."
            required
            autoComplete="email"
            maxLength={254}
          />
          <button type="submit">Mail me a link</button>
        </form>
        <WhereItIs captured={captured} />
      </Door>
    </Narrow>
  );
}

/** The same for every address, known or not. */
export function signInSentPage({ captured }: { captured: boolean }) {
  return (
    <Narrow title="Look into your mailbox · Baton" styles={["door"]}>
      <Door>
        <h1>Look into your mailbox</h1>
        <p>
          If this address belongs to somebody here, a link is on its way. It works once, for 15 minutes, in
          this browser.
        </p>
        <p>
          <a href="/sign-in">Ask again, or with another address</a>
        </p>
        <WhereItIs captured={captured} />
      </Door>
    </Narrow>
  );
}

export function signInTokenPage(address: string) {
  return (
    <Narrow title="Sign in · Baton" styles={["door"]}>
      <Door>
        <h1>One more click</h1>
        <p>Programs that only open links stop here, so that they do not use up yours.</p>
        <form method="post" action={address}>
          <button type="submit">Sign in to Baton</button>
        </form>
      </Door>
    </Narrow>
  );
}

/** A link that was used, is too old, or came from another browser: which of them is not said. */
export function signInOverPage() {
  return (
    <Narrow title="Ask for a new link · Baton" styles={["door"]}>
      <Door>
        <h1>This link does not work any more</h1>
        <p>
          It was used before, is older than 15 minutes, or was asked for in another browser. Ask for a new one
          in the browser in which you want to work.
        </p>
        <p>
          <a className="button" href="/sign-in">
            Ask again
          </a>
        </p>
      </Door>
    </Narrow>
  );
}

function Door({ children }: { children: ReactNode }) {
  return (
    <section className="card door">
      <p className="brand">
        <BrandMark />
        Baton
      </p>
      {children}
    </section>
  );
}
