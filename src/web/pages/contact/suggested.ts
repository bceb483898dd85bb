/** Something that may answer a question. */
export interface Suggested {
  title: string;
  href: string;
  minutes: number;
}
