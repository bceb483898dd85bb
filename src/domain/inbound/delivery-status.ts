/** One recipient's block of a delivery status notification (RFC 3464). */
export interface RecipientStatus {
  readonly recipient: string | null;
  /** failed, delayed, delivered, relayed, expanded; lower case. */
  readonly action: string | null;
  /** "5.1.1". */
  readonly status: string | null;
  readonly diagnostic: string;
}

/** The per-recipient blocks of a message/delivery-status part. The first block is about the message; it has no recipient. */
export function readDeliveryStatus(text: string): RecipientStatus[] {
  const unfolded = text.replace(/\r\n/g, "\n").replace(/\n[ \t]+/g, " ");
  return unfolded.split(/\n\s*\n/).flatMap((block) => {
    const fields = new Map<string, string>();
    for (const line of block.split("\n")) {
      const match = /^([A-Za-z-]+)\s*:\s*(.*)$/.exec(line.trim());
      const [, name, value] = match ?? [];
      if (name !== undefined && value !== undefined && !fields.has(name.toLowerCase())) {
        fields.set(name.toLowerCase(), value.trim());
      }
    }
    const recipient = fields.get("final-recipient") ?? fields.get("original-recipient") ?? null;
    const action =
      fields
        .get("action")
        ?.toLowerCase()
        .split(/[\s(;]/)[0] ?? null;
    if (recipient === null && action === null && !fields.has("status")) return [];
    return [
      {
        recipient: addressIn(recipient ?? ""),
        action,
        status: enhancedStatus(fields.get("status") ?? ""),
        diagnostic: (fields.get("diagnostic-code") ?? "").replace(/^\s*[\w-]+\s*;\s*/, ""),
      },
    ];
  });
}

/** "5.1.1" out of a text; null when there is none. */
export function enhancedStatus(text: string): string | null {
  return /(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])/.exec(text)?.[1] ?? null;
}

/** The first mail address in a text, in lower case. */
export function addressIn(text: string): string | null {
  return (
    /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?/
      .exec(text)?.[0]
      .toLowerCase() ?? null
  );
}
