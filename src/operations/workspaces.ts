import type { Parts } from "./parts.ts";

export interface WorkspaceInput {
  key: string;
  name: string;
  reportZone?: string;
  /** ISO weekday. */
  weekStart?: number;
  baseCurrency?: string;
  postalAddress?: string;
  windowStart?: string;
  windowEnd?: string;
  workWeek?: number[];
  holidayCountry?: string | null;
  clickTracking?: "page_only" | "redirect";
  honeypot?: boolean;
  mailDomain?: string;
  users?: {
    name: string;
    email: string;
    title?: string;
    zone?: string;
    roles: string[];
    externalRef?: string;
  }[];
  products?: { key: string; name: string; cadence?: string }[];
}
export interface WorkspaceReady {
  workspaceId: string;
  created: boolean;
  /** By lower-case address. */
  userIds: Record<string, string>;
}

/** Makes the workspace, its people and products, or brings them up to date. Safe to repeat. */
export declare function ensureWorkspace(parts: Parts, input: WorkspaceInput): Promise<WorkspaceReady>;
