import { Act, Say, Shell, Title } from "../internal/shell.tsx";

export interface PageLinkFacts {
  readonly firstName: string;
  readonly csmName: string;
  readonly accountName: string;
  readonly productName: string;
  readonly url: string;
}

export const pageLinkSubject = (facts: PageLinkFacts) => `Your page for ${facts.productName}`;

/** Sent when somebody with an old link asked for a fresh one: to the known address, whoever asked. */
export function PageLink(facts: PageLinkFacts) {
  return (
    <Shell
      title={pageLinkSubject(facts)}
      preview="The fresh link you asked for."
      from={{ name: facts.csmName, line: `${facts.productName} for ${facts.accountName}` }}
      footer="You did not ask for this? Then nothing happens, and you can throw this mail away."
    >
      <Title>{`Hello ${facts.firstName}`}</Title>
      <Say>Here is the fresh link to your page. Everything you did is still there.</Say>
      <Act alone href={facts.url}>
        Open your page
      </Act>
      <Say quiet>{`Questions? Just reply: your answer reaches ${facts.csmName}.`}</Say>
    </Shell>
  );
}
