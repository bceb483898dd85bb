import type { MergeValues } from "./merge-fields.ts";

export interface NamedPerson {
  readonly name: string;
  readonly firstName: string;
}

/** Who reads, and about whom and what: the one source of what merge fields say, in mails, pages and previews. */
export interface ReaderFacts {
  readonly reader: NamedPerson & { readonly title: string | null };
  readonly accountName: string;
  /** YYYY-MM-DD. */
  readonly renewalOn: string | null;
  readonly productName: string;
  readonly workspaceName: string;
  /** Who signs; without one the workspace speaks for itself. */
  readonly csm: { readonly name: string; readonly title: string | null } | null;
  readonly successor: NamedPerson | null;
  readonly sponsor: NamedPerson | null;
  readonly predecessor: NamedPerson | null;
  readonly competitorName: string | null;
}

const IN_WORDS = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});

export function readerFields(facts: ReaderFacts): MergeValues {
  const { reader, renewalOn, workspaceName, csm, successor, sponsor, predecessor } = facts;
  return {
    "contact.firstName": reader.firstName,
    "contact.name": reader.name,
    "contact.title": reader.title,
    "account.name": facts.accountName,
    "account.renewalOn": renewalOn === null ? null : IN_WORDS.format(new Date(`${renewalOn}T00:00:00Z`)),
    "product.name": facts.productName,
    "workspace.name": workspaceName,
    "csm.name": csm?.name ?? workspaceName,
    "csm.firstName": csm?.name.split(" ")[0] ?? workspaceName,
    "csm.title": csm?.title ?? null,
    "successor.firstName": successor?.firstName ?? null,
    "successor.name": successor?.name ?? null,
    "sponsor.firstName": sponsor?.firstName ?? null,
    "sponsor.name": sponsor?.name ?? null,
    "predecessor.firstName": predecessor?.firstName ?? null,
    "predecessor.name": predecessor?.name ?? null,
    "competitor.name": facts.competitorName,
  };
}
