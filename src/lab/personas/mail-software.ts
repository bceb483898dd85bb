import type { Random } from "../random.ts";
import type { MailSeen, Persona } from "./persona.ts";

/** What software does with a mail before anybody reads it. Drawn apart from the person, so it says nothing of them. */
export interface MachineSignal {
  readonly afterMinutes: number;
  readonly kind: "open" | "click";
  readonly position: number;
  readonly rule: string;
}

export interface MailSoftware {
  readonly prefetches: boolean;
  readonly gateway: boolean;
}

/** Some accounts sit behind a gateway, many people read on a phone that opens every mail by itself. */
export function mailSoftwareOf(persona: Persona, random: Random): MailSoftware {
  switch (persona.mailSoftware) {
    case "prefetch":
      return { prefetches: true, gateway: false };
    case "gateway":
      return { prefetches: random.chance(0.5), gateway: true };
    case "by-chance":
      return { prefetches: random.chance(0.5), gateway: random.chance(0.35) };
    default:
      return persona.mailSoftware satisfies never;
  }
}

/** Position 0 is the mail itself; its links are counted from 1. */
export function machineSignals(mail: MailSeen, software: MailSoftware, random: Random): MachineSignal[] {
  const signals: MachineSignal[] = [];
  if (software.prefetches)
    signals.push({ afterMinutes: 0.2 + random.next(), kind: "open", position: 0, rule: "open-machine" });
  if (!software.gateway) return signals;
  const start = 0.05 + random.lognormal(0.5, 0.7);
  const links =
    2 + mail.blocks.filter((block) => block.type === "resource" || block.type === "task").length * 2;
  signals.push({ afterMinutes: start, kind: "open", position: 0, rule: "open-machine" });
  for (let position = 1; position <= links; position++)
    signals.push({ afterMinutes: start + position / 600, kind: "click", position, rule: "burst" });
  return signals;
}
