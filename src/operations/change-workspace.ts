import { z } from "zod";
import { unknownPlace } from "../domain/calendar/holidays.ts";
import { isZone } from "../domain/calendar/zones.ts";
import { PolicyRules } from "../domain/sequences/choose-policy.ts";
import { recordAudit } from "../drivers/store/audit.ts";
import type { Workspace } from "../drivers/store/generated/client.ts";
import type { Actor } from "./actor.ts";
import type { Parts } from "./parts.ts";
import { dateColumn, dayOf } from "./person-calendar.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

const wallTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is not a time of day like 08:30");
const oneLine = (limit: number) =>
  z
    .string()
    .trim()
    .min(1, "is empty")
    .max(limit, `is longer than ${limit} characters`)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "must be one line");

/** What an admin may change of the workspace; an absent field stays as it is. Dates are "2026-12-24". */
export const WorkspaceChange = z.object({
  name: oneLine(120).optional(),
  postalAddress: oneLine(300).optional(),
  mailDomain: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/, "is not a domain name, such as mail.example.com")
    .max(200)
    .optional(),
  reportZone: z
    .string()
    .trim()
    .refine(isZone, "is not a known time zone; use a name like Europe/Oslo")
    .optional(),
  weekStart: z.coerce.number().int().min(1).max(7).optional(),
  windowStart: wallTime.optional(),
  windowEnd: wallTime.optional(),
  workWeek: z.array(z.coerce.number().int().min(1).max(7)).min(1, "needs at least one day").optional(),
  holidayCountry: z
    .string()
    .trim()
    .toUpperCase()
    .transform((text) => (text === "" ? null : text))
    .superRefine((place, context) => {
      const problem = place === null ? null : unknownPlace(place);
      if (problem !== null) context.addIssue({ code: "custom", message: `: ${problem}` });
    })
    .optional(),
  closedDays: z.array(z.iso.date("holds something that is no date like 2026-12-24")).max(200).optional(),
  /** US dollars for one unit, for ranking only: { EUR: 1.1 }. Replaces what was set before. */
  rankingRates: z
    .record(
      z.string().regex(/^[A-Z]{3}$/, "holds something that is no currency like EUR"),
      z.number("holds something that is no rate like 1.1").positive("holds a rate that is not above 0"),
    )
    .optional(),
  /** How much of a program people get (S0-44). Replaces what was set before. */
  policyRules: PolicyRules.optional(),
  clickTracking: z.enum(["page_only", "redirect"]).optional(),
  /** Program mails on one calendar day of their readers; 0: no limit. */
  dailyMailCap: z.coerce
    .number("is no whole number such as 2000")
    .int("is no whole number such as 2000")
    .min(0, "is below 0")
    .max(1_000_000, "is above 1,000,000")
    .optional(),
  honeypot: z.boolean().optional(),
});
export type WorkspaceChange = z.input<typeof WorkspaceChange>;

/** The shortest window that still lets a late worker send on the day. */
const SHORTEST_WINDOW_MINUTES = 60;

/** Changes the sender, the window, the calendar. What is planned already moves when its turn comes. */
export async function changeWorkspace(
  parts: Parts,
  input: { workspaceId: string; change: WorkspaceChange; actor: Actor },
): Promise<Result<{ workspace: Workspace }>> {
  const { workspaceId, actor } = input;
  const read = WorkspaceChange.safeParse(input.change);
  if (!read.success) {
    const issue = read.error.issues[0];
    const place = String(issue?.path[0] ?? "settings");
    return refuse(
      "invalid-setting",
      place,
      `${words[place] ?? place} ${issue?.message ?? "is not valid"}`.replace(" :", ":"),
      "Correct it and save again; nothing was changed.",
    );
  }
  const { closedDays, ...plain } = read.data;
  return transact(parts, async (tx) => {
    const before = await tx.workspace.findUniqueOrThrow({ where: { id: workspaceId } });
    const start = plain.windowStart ?? before.windowStart;
    const end = plain.windowEnd ?? before.windowEnd;
    if (minutes(end) - minutes(start) < SHORTEST_WINDOW_MINUTES) {
      return refuse(
        "short-window",
        "windowEnd",
        `From ${start} to ${end} is less than an hour.`,
        "Let the window end at least one hour after it begins; it is in the contact's own zone.",
      );
    }
    const data = {
      ...Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined)),
      ...(closedDays === undefined ? {} : { closedDays: [...new Set(closedDays)].sort().map(dateColumn) }),
    };
    const workspace = await tx.workspace.update({ where: { id: workspaceId }, data });
    const changed = Object.keys(data).filter(
      (key) => JSON.stringify(told(before, key)) !== JSON.stringify(told(workspace, key)),
    );
    if (changed.length > 0) {
      await recordAudit(tx, {
        workspaceId,
        at: parts.clock.now(),
        actor,
        action: "settings-changed",
        subjectType: "workspace",
        subjectId: workspaceId,
        before: Object.fromEntries(changed.map((key) => [key, told(before, key)])),
        after: Object.fromEntries(changed.map((key) => [key, told(workspace, key)])),
      });
    }
    return { ok: true, workspace };
  });
}

const words: Readonly<Record<string, string>> = {
  name: "The name",
  postalAddress: "The postal address",
  mailDomain: "The mail domain",
  reportZone: "The time zone",
  windowStart: "The start of the window",
  windowEnd: "The end of the window",
  workWeek: "The working week",
  holidayCountry: "The country",
  closedDays: "The list of days",
  dailyMailCap: "The number of mails a day",
  rankingRates: "The list of rates",
  policyRules: "The table of policies",
};

function told(row: Workspace, key: string): unknown {
  const value: unknown = Reflect.get(row, key);
  return key === "closedDays" ? row.closedDays.map(dayOf) : value;
}

function minutes(wall: string): number {
  return Number(wall.slice(0, 2)) * 60 + Number(wall.slice(3, 5));
}
