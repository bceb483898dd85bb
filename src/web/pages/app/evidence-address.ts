/**
 * Where the events behind a phrase or a number stand in the list of evidence: on their page of it, marked
 * (domain.md D7). The one address for it, whoever links. Null: nothing is behind it.
 */
export function evidenceAddress(caseId: string, eventIds: readonly string[]): string | null {
  return eventIds.length === 0 ? null : `/cases/${caseId}/evidence?event=${eventIds.join(",")}#marked`;
}

/** The same for a part of the score or a gate, by its name: a room has many of them, so they stay short. */
export function partAddress(
  caseId: string,
  part: { readonly id: string; readonly eventIds: readonly string[] },
): string | null {
  return part.eventIds.length === 0 ? null : `/cases/${caseId}/evidence?part=${part.id}#marked`;
}
