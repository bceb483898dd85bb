import { z } from "zod";

export const Csv = z.object({
  csv: z.string().max(5_000_000).describe("CSV with a header line, UTF-8, at most 50,000 rows."),
});

/** What an import did, row by row. */
export const ImportAnswer = z.object({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  rejected: z.array(
    z.object({ line: z.number().int(), column: z.string(), message: z.string(), remedy: z.string() }),
  ),
});
