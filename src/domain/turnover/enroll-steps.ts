/** The questions between "somebody left" and "somebody is enrolled", in the order they are asked. */
export const ENROLL_STEPS = ["account", "left", "where", "successor", "track", "confirm"] as const;
export type EnrollStep = (typeof ENROLL_STEPS)[number];

/** What the case says so far; empty is "not answered yet". */
export interface Answers {
  readonly departedContactId: string | null;
  readonly destination: string;
  readonly roleOutcome: string;
  readonly status: string;
  readonly replacementContactId: string | null;
  readonly replacementType: string | null;
  /** null: nobody chose; a chosen track is chosen together with its pace. */
  readonly chosenPace: string | null;
}

/**
 * Where somebody who comes back goes on: the first question that is open. "Unknown" is an answer once the
 * case was triaged; before that nobody was asked. `waiting`: nothing is left to ask now.
 */
export function nextOpenStep(answers: Answers): EnrollStep | "waiting" {
  if (answers.departedContactId === null) return "left";
  const asked = answers.status !== "detected";
  if (!asked && (answers.destination === "unknown" || answers.roleOutcome === "unknown")) return "where";
  if (answers.roleOutcome === "leaving_space") return "waiting";
  if (answers.replacementContactId === null || answers.replacementType === null) return "successor";
  return answers.chosenPace === null ? "track" : "confirm";
}

/** True when every question before this one has its answer, so that its page has something to stand on. */
export function mayStandOn(step: EnrollStep, answers: Answers): boolean {
  const next = nextOpenStep({ ...answers, chosenPace: null });
  if (next === "waiting") return step === "left" || step === "where";
  // The program may be looked at with the proposed track, before anybody confirmed the choice.
  const reached = next === "track" ? "confirm" : next;
  return ENROLL_STEPS.indexOf(step) <= ENROLL_STEPS.indexOf(reached);
}

/** Where people go for the reason that was given, as far as it can be guessed (S0-1). */
export function likelyDestination(
  reason: string | null,
): "external" | "internal" | "retired" | "leave" | "unknown" {
  switch (reason) {
    case "new_job":
      return "external";
    case "promotion":
      return "internal";
    case "retired":
      return "retired";
    case "leave":
      return "leave";
    default:
      return "unknown";
  }
}

interface Candidate {
  readonly id: string;
  readonly roles: readonly string[];
}

/** Who most likely left: the only main contact, or the only person there besides the sponsor. Null: ask. */
export function likelyLeaver(people: readonly Candidate[], sponsorId: string | null): string | null {
  const here = people.filter(({ roles }) => !roles.includes("departed"));
  const main = here.filter(({ roles, id }) => roles.includes("poc") && id !== sponsorId);
  if (main.length === 1) return main[0]?.id ?? null;
  const rest = here.filter(({ id }) => id !== sponsorId);
  return rest.length === 1 ? (rest[0]?.id ?? null) : null;
}

/** Who most likely takes over: the only person there who is neither the leaver nor the sponsor. Null: ask. */
export function likelySuccessor(
  people: readonly Candidate[],
  leaverId: string | null,
  sponsorId: string | null,
): string | null {
  const rest = people.filter(
    ({ id, roles }) => id !== leaverId && id !== sponsorId && !roles.includes("departed"),
  );
  return rest.length === 1 ? (rest[0]?.id ?? null) : null;
}
