/** "America/New_York" as people read it. */
export function zoneWords(zone: string): string {
  return zone.replaceAll("_", " ");
}
