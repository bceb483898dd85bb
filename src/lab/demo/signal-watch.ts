import type { Parts } from "../../operations/parts.ts";

/** Tells each new readiness signal once, in the words its CSM gets. */
export class SignalWatch {
  readonly #parts: Parts;
  readonly #workspaceId: string;
  readonly #tell: (at: Date, zone: string, words: string) => void;
  readonly #told = new Set<string>();

  constructor(parts: Parts, workspaceId: string, tell: (at: Date, zone: string, words: string) => void) {
    this.#parts = parts;
    this.#workspaceId = workspaceId;
    this.#tell = tell;
  }

  async look(): Promise<void> {
    const signals = await this.#parts.db.readinessSignal.findMany({
      where: { workspaceId: this.#workspaceId, id: { notIn: [...this.#told] } },
      orderBy: { at: "asc" },
    });
    for (const signal of signals) {
      this.#told.add(signal.id);
      const enrollment = await this.#parts.db.enrollment.findFirst({
        where: { workspaceId: this.#workspaceId, id: signal.enrollmentId },
        include: { contact: true, account: { include: { csm: true } } },
      });
      if (enrollment === null) continue;
      const who = `${enrollment.contact.name} (${enrollment.account.name})`;
      const what =
        signal.kind === "meeting_requested"
          ? "asks for a meeting"
          : `${signal.fromVerdict ?? "new"} → ${signal.toVerdict.toUpperCase()}`;
      const csm = enrollment.account.csm?.name ?? "nobody yet";
      this.#tell(signal.at, enrollment.account.csm?.zone ?? "UTC", `SIGNAL ${who}: ${what}, told to ${csm}`);
    }
  }
}
