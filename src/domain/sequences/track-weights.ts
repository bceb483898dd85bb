import type { Sequence } from "./sequence.ts";

export type Track = NonNullable<Sequence["readiness"]>["track"];
export type Weights = NonNullable<NonNullable<Sequence["readiness"]>["weights"]>;

/** domain.md D3: the share of each readiness component, by track. */
export const TRACK_WEIGHTS: Readonly<Record<Track, Weights>> = {
  internal: { knowledge: 0.15, tasks: 0.3, priorities: 0.25, questions: 0.15, reciprocity: 0.15 },
  external_new_function: { knowledge: 0.3, tasks: 0.3, priorities: 0.15, questions: 0.15, reciprocity: 0.1 },
  ex_competitor: { knowledge: 0.15, tasks: 0.3, priorities: 0.2, questions: 0.2, reciprocity: 0.15 },
};

/** How far an author may move one weight from its default. */
export const WEIGHT_ROOM = 0.1;
