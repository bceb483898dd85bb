import type { NeedsYou } from "../../../operations/needs.ts";
import type { IconName } from "../ui/icon.tsx";
import type { Tone } from "../ui/tag.tsx";

/** What each kind of duty is called and looks like: told apart by word and drawing, never by colour alone. */
export const needWords: Readonly<
  Record<NeedsYou["kind"], { readonly word: string; readonly icon: IconName; readonly tone: Tone }>
> = {
  meeting_requested: { word: "Asks to meet", icon: "calendar", tone: "good" },
  meeting_past: { word: "Meeting over", icon: "calendar", tone: "info" },
  objection: { word: "Objection", icon: "flag", tone: "bad" },
  ready: { word: "Ready to meet", icon: "check", tone: "good" },
  question: { word: "Question", icon: "question", tone: "info" },
  reply: { word: "Reply", icon: "mailbox", tone: "info" },
  stalled: { word: "Silent", icon: "clock", tone: "warn" },
  at_risk: { word: "At risk", icon: "warning", tone: "bad" },
  csm_task: { word: "To do", icon: "week", tone: "info" },
  uncertain: { word: "Uncertain mail", icon: "warning", tone: "warn" },
  unreachable: { word: "Unreachable", icon: "pause", tone: "bad" },
  enroll: { word: "Not enrolled", icon: "enroll", tone: "warn" },
  capture: { word: "Still unknown", icon: "people", tone: "warn" },
};
