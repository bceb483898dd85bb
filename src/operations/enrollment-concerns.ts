import type { CaseWithAccount } from "../drivers/store/cases.ts";
import type { Contact } from "../drivers/store/generated/client.ts";
import { findLiveEnrollment, mayReceive, unreachable } from "./may-enroll.ts";
import type { Parts } from "./parts.ts";
import type { PreviewedProgram } from "./preview-program.ts";
import type { Refusal } from "./refusal.ts";

/** Something to know before the button is pressed. */
export interface Concern extends Refusal {
  /** Nobody can be enrolled until it is settled. */
  stops: boolean;
}

/** What speaks against enrolling this person, or will be missing: each with what to do about it. Reads only. */
export async function enrollmentConcerns(
  parts: Parts,
  input: {
    turnover: CaseWithAccount;
    contact: Contact;
    sponsor: Contact | null;
    competitorKnown: boolean;
    program: PreviewedProgram | Refusal;
  },
): Promise<Concern[]> {
  const { turnover, contact, sponsor, program } = input;
  const { workspaceId, account } = turnover;
  const concerns: Concern[] = [];
  const stop = (problem: Refusal | null) => {
    if (problem !== null) concerns.push({ ...problem, stops: true });
  };
  const warn = (code: string, place: string, message: string, remedy: string) =>
    concerns.push({ code, place, message, remedy, stops: false });

  stop(await mayReceive(parts.db, turnover, contact));
  stop(await findLiveEnrollment(parts.db, workspaceId, contact));
  if ("code" in program) stop(program);
  const owner =
    account.csmId === null
      ? null
      : await parts.db.user.findFirst({
          where: { workspaceId, id: account.csmId, status: { not: "left" } },
          select: { id: true },
        });
  if (owner === null)
    warn(
      "no-sender",
      "account.csm",
      `Nobody signs these mails: ${account.name} has no customer success manager.`,
      "They can be enrolled; the mails wait until the account has one.",
    );
  if (!("code" in program) && program.sponsor === null)
    warn(
      "no-sponsor",
      "account.sponsor",
      `No sponsor is known at ${account.name}, so nobody is written to beside ${contact.firstName}.`,
      "Name the decision maker in the account; you are asked to find them.",
    );
  else if (sponsor !== null && sponsor.id !== contact.id) {
    const problem = await unreachable(parts.db, sponsor);
    if (problem !== null)
      warn(
        "sponsor-unreachable",
        "account.sponsor",
        `The sponsor's brief cannot go. ${problem.message}`,
        problem.remedy,
      );
  }
  if (turnover.replacementType === "ex_competitor" && !input.competitorKnown)
    warn(
      "unknown-competitor",
      "case.competitor",
      "It is not known which product they come from, so the mails carry their general text.",
      "Say it in step 4; a task asks you for it otherwise.",
    );
  return concerns;
}
