/** What decides the headers of one mail. Every part is known before rendering. */
export interface HeaderFacts {
  readonly messageId: string;
  /** Aligned domain of the workspace; List-Id and Feedback-ID live under it. */
  readonly mailDomain: string;
  /** Stable names: the sequence's key and the workspace's key. */
  readonly programKey: string;
  readonly programName: string;
  readonly workspaceKey: string;
  /** Low-cardinality kind of mail: "education", "sponsor-brief", "service-notice". */
  readonly mailClass: string;
  /** null for mail that nobody subscribed to: sign-in links, signals to a CSM. No mailbox: nobody reads one for us. */
  readonly unsubscribe: { readonly url: string; readonly mailto: string | null } | null;
  /** Asks Exchange not to answer by itself. Off for a CSM's personal mail: there an out-of-office tells something. */
  readonly suppressAutoReplies: boolean;
}

/** A longer address risks being folded, and folding broke third-party signers (trust.md 1). */
const UNSUBSCRIBE_URL_LIMIT = 200;

/**
 * The headers beside From, To, Subject, Date and Message-ID. Values are single lines. A value
 * that could not be sent as one is a fault of the caller (configuration), hence the throw.
 */
export function mailHeaders(facts: HeaderFacts): Record<string, string> {
  const headers: Record<string, string> = {
    "Auto-Submitted": "auto-generated",
    // iOS Mail keeps References but drops an id that a relay replaced: ours stays findable (trust.md 0.10).
    References: facts.messageId,
    "Feedback-ID": [facts.programKey, facts.workspaceKey, facts.mailClass, "baton"]
      .map(feedbackPart)
      .join(":"),
  };
  if (facts.unsubscribe) Object.assign(headers, listHeaders(facts, facts.unsubscribe));
  if (facts.suppressAutoReplies) headers["X-Auto-Response-Suppress"] = "OOF, AutoReply";
  for (const [name, value] of Object.entries(headers)) {
    if (!/^[\x20-\x7e]*$/.test(value)) throw new Error(`Header ${name} is not one line of ASCII`);
  }
  return headers;
}

function listHeaders(
  facts: HeaderFacts,
  unsubscribe: { url: string; mailto: string | null },
): Record<string, string> {
  const { url, mailto } = unsubscribe;
  if (url.length >= UNSUBSCRIBE_URL_LIMIT || /[<>\s]/.test(url)) {
    throw new Error(`The unsubscribe address must be a plain URL under ${UNSUBSCRIBE_URL_LIMIT} characters`);
  }
  if (mailto !== null && /[<>\s]/.test(mailto))
    throw new Error("The unsubscribe mailbox must be a plain address");
  return {
    "List-Unsubscribe": [
      `<${url}>`,
      ...(mailto === null ? [] : [`<mailto:${mailto}?subject=unsubscribe>`]),
    ].join(", "),
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "List-Id": `${listPhrase(facts.programName)}<${label(facts.programKey)}.${label(facts.workspaceKey)}.${facts.mailDomain}>`,
  };
}

/** RFC 2919 allows a phrase before the id; only plain words, so it never needs quoting or encoding. */
function listPhrase(name: string): string {
  const plain = name
    .replace(/[^A-Za-z0-9 -]+/g, " ")
    .replace(/ +/g, " ")
    .trim();
  return plain === "" ? "" : `${plain.slice(0, 60).trim()} `;
}

function label(key: string): string {
  return (
    key
      .toLowerCase()
      .replace(/[^a-z0-9-]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 63) || "baton"
  );
}

function feedbackPart(part: string): string {
  return part.replace(/[^A-Za-z0-9._-]+/g, "-").slice(0, 40) || "baton";
}
