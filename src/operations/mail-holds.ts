import type { MailHold } from "../drivers/store/generated/client.ts";
import { type HeldRow, listHeld, listOpenHolds } from "../drivers/store/mail-holds.ts";
import type { Db } from "./parts.ts";

export interface OpenHold {
  id: string;
  scope: MailHold["scope"];
  cause: MailHold["cause"];
  /** The program's own name; null: not of one program. */
  programName: string | null;
  reason: string;
  startedAt: Date;
  /** The longest due of what it keeps back. */
  held: HeldRow[];
  heldTotal: number;
}

const SHOWN = 50;

/** What stands still until a person has looked, with what it keeps back. */
export async function openHolds(db: Db, workspaceId: string): Promise<OpenHold[]> {
  const holds = await listOpenHolds(db, workspaceId);
  return Promise.all(
    holds.map(async (hold) => {
      const { id, scope, cause, reason, startedAt, sequenceKey } = hold;
      const [held, version] = await Promise.all([
        listHeld(db, hold, SHOWN),
        sequenceKey === null
          ? null
          : db.sequenceVersion.findFirst({
              where: { workspaceId, key: sequenceKey },
              orderBy: { version: "desc" },
              select: { name: true },
            }),
      ]);
      const programName = version?.name ?? sequenceKey;
      return { id, scope, cause, programName, reason, startedAt, held: held.rows, heldTotal: held.total };
    }),
  );
}
