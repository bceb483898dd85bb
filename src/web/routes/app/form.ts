import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { refused } from "../../problem.ts";
import { seeOther } from "../../send-page.ts";

/** The address's id, or the same 404 as for any other address. */
export function idOf(request: FastifyRequest, name = "id"): string {
  const value = z.uuid().safeParse((request.params as Record<string, unknown>)[name]);
  if (value.success) return value.data;
  throw noSuchPage();
}

export function noSuchPage() {
  return refused(
    404,
    "not-found",
    "address",
    "There is nothing at this address.",
    "Start again at “My week”.",
  );
}

/** A posted form, read by its schema; what is wrong is said with the field's name. */
export function formOf<T extends z.ZodType>(request: FastifyRequest, schema: T): z.output<T> {
  const read = schema.safeParse(request.body ?? {});
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  const field = String(issue?.path[0] ?? "form");
  throw refused(
    422,
    "invalid",
    field,
    `${field}: ${issue?.message ?? "is not valid"}`,
    "Go back and correct it.",
  );
}

/** Where a form goes back to: a path of these pages and nothing else, whatever was posted. */
export const Back = z
  .string()
  .regex(/^\/(?![/\\])[\w\-/#?=&.]*$/)
  .catch("/");

export function goBack(reply: FastifyReply, back: string, said: keyof typeof sentences) {
  const [address = "/", anchor] = back.split("#");
  const [path = "/", query = ""] = address.split("?");
  // What the page showed (whose, which filter) stays; only what was said before goes.
  const kept = query.split("&").filter((part) => part !== "" && !part.startsWith("said="));
  const asked = [...kept, `said=${said}`].join("&");
  return seeOther(reply, `${path}?${asked}${anchor === undefined ? "" : `#${anchor}`}` as `/${string}`);
}

/** Which page of a list is asked for, counted from 1. */
export function pageOf(query: unknown): number {
  const given = typeof query === "object" && query !== null && "page" in query ? Number(query.page) : 1;
  return Number.isInteger(given) && given >= 1 && given <= 100_000 ? given : 1;
}

/** What was typed into a list's search field. */
export function searchOf(query: unknown): string {
  const given = typeof query === "object" && query !== null && "search" in query ? query.search : "";
  return typeof given === "string" ? given.trim().slice(0, 100) : "";
}

const sentences = {
  saved: "Saved.",
  released: "It goes on. What is late gets a new day, one mail a day for each person.",
  erased: "Erased for good. A keyed hash keeps the address from being mailed again.",
  "user-added": "Added. They can sign in by asking for a link with their address.",
  "signed-out-there": "That browser is signed out.",
  revoked: "Revoked. The next call with it is refused.",
  "switched-off": "Switched off. Nothing more is sent to it.",
  repeated: "It is delivered again, with the same id.",
  lifted: "Lifted. Nothing is resumed by it: resume a program in its case.",
  "sent-again": "It goes again, with the same Message-ID.",
  paused: "Paused. Nothing is sent and no day counts.",
  resumed: "The program goes on.",
  withdrawn: "The program is stopped.",
  voided: "The links mailed so far are void. A fresh one goes to the address on record when it is asked for.",
  pace: "The pace is changed.",
  answered: "Your answer is on their page.",
  task: "The task is changed, with your name in the record.",
  booked: "The meeting is booked and its agenda is kept.",
  outcome: "The outcome is recorded.",
  finished: "Done, and on record.",
  enrolled: "Enrolled.",
  undone: "Undone. Nothing was sent, and the case stands where it stood.",
  clock: "The clock is set.",
  captured: "Noted. Severity, outlook and the proposed track follow from it.",
  switched: "The other track has begun. What was done before stays on record.",
  drafted: "The draft is written. Read it, change it; nothing goes before you approve it.",
  kept: "Your words are kept. This is how the mail will look.",
  escalated: "Approved: the brief goes to the sponsor now.",
  dismissed: "The sponsor is left out of it, and your reason is on record.",
  "template-saved": "Saved. Nothing was sent.",
  "template-retired": "Retired. It can be put back at any time.",
  "template-back": "Back in the bank.",
  "test-sent": "On its way to your own address.",
  moved: "They are moved. Each next mail comes on its day.",
  "draft-started": "Your draft. Nobody gets anything of it until it is published.",
  "draft-already": "There is a draft of this program already: here it is.",
  "draft-saved": "Saved.",
  "draft-submitted": "Submitted. An approver reads it next.",
  "draft-back": "Back in writing.",
  "draft-sent-back": "Sent back with your comment.",
  "draft-discarded": "The draft is put away.",
  "draft-published":
    "Published. New people get this version; those under way stay on theirs until you move them.",
  "plan-terms": "Written down. Each of the three says yes to this version anew.",
  "plan-progress": "Noted. What was agreed stands.",
  "plan-none": "Nothing was different: the version stands as it was.",
  "plan-accepted": "Your yes is kept with this version.",
  closed: "Closed. The days at risk are counted, and its programs have stopped.",
  "one-off": "It is in the program below, and can be taken back until it leaves.",
  "one-off-cancelled": "Taken back. Nothing of it was sent.",
  "override-proposed": "Proposed. The outlook changes when a manager approves it.",
  "override-approved": "Approved: it counts from now on, and lapses by itself.",
  "override-refused": "Refused, with your reason on record.",
  "effort-added": "Added to the minutes of this case.",
  "effort-taken-back": "Taken back: it counts no longer.",
  taken: "The account is yours now, with what waits in it.",
} as const;

export function sentenceFor(query: unknown): string | null {
  const said = typeof query === "object" && query !== null && "said" in query ? String(query.said) : "";
  return Object.hasOwn(sentences, said) ? sentences[said as keyof typeof sentences] : null;
}
