import { Act, Say, Shell, Title } from "./shell.tsx";

export interface SignInFacts {
  readonly firstName: string;
  readonly workspaceName: string;
  readonly url: string;
  readonly minutesValid: number;
}

export const signInSubject = (facts: SignInFacts) => `Your sign-in link for ${facts.workspaceName}`;

/** The link opens a page with a button: a mail scanner that follows it signs nobody in (trust.md 0.8). */
export function SignIn(facts: SignInFacts) {
  return (
    <Shell
      title={signInSubject(facts)}
      preview={`Valid for ${facts.minutesValid} minutes, once.`}
      from={{ name: "Baton", line: facts.workspaceName }}
      footer="You did not ask for this? Then nothing happens, and you can throw this mail away."
    >
      <Title>{`Hello ${facts.firstName}`}</Title>
      <Say>{`This link signs you in to ${facts.workspaceName}. It works once, for ${facts.minutesValid} minutes, in the browser that asked for it.`}</Say>
      <Act alone href={facts.url}>
        Sign in
      </Act>
    </Shell>
  );
}
