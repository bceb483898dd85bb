/** The share at which large receivers begin to hide mail, and the one at which they refuse it (trust.md 1). */
const WARN_AT = 0.001;
const PAUSE_AT = 0.003;
/** Below this many mails a single complaint says more about one reader than about the program. */
const FEWEST_MAILS = 500;

export const COMPLAINT_DAYS = 30;

/** What the complaints about one program's mails call for. */
export function judgeComplaints(counted: { mails: number; complaints: number }): "fine" | "warn" | "pause" {
  const { mails, complaints } = counted;
  if (mails < FEWEST_MAILS) return "fine";
  const rate = complaints / mails;
  if (rate >= PAUSE_AT) return "pause";
  return rate >= WARN_AT ? "warn" : "fine";
}

/** Of what a refusal is about us, how far it reaches: this program's mail, or everything from our domain. Null: it is not about us. */
export function reachOfRefusal(status: string | null): "program" | "everything" | null {
  if (status === null || !/^5\.7\./.test(status)) return null;
  // The receiver asks for SPF, DKIM and DMARC that hold: no program of this domain would fare better.
  return ["5.7.515", "5.7.26"].includes(status) ? "everything" : "program";
}
