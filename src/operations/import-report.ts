/** What an import did. Good rows are kept even when others are refused; repeating it is safe. */
export interface ImportReport {
  created: number;
  updated: number;
  unchanged: number;
  rejected: { line: number; column: string; message: string; remedy: string }[];
}
