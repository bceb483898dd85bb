import type { User } from "../drivers/store/generated/client.ts";
import type { Parts } from "./parts.ts";

/** Exactly one of many parallel calls with the same token gets the session. `sessionToken` goes in the cookie. */
export declare function consumeSignIn(
  parts: Parts,
  input: { token: string },
): Promise<{ user: User; sessionToken: string } | null>;

/** Idle 12 hours and 7 days in all end a session (trust.md 6); null then, and for anything unknown. */
export declare function readSession(
  parts: Parts,
  sessionToken: string,
): Promise<{ user: User; sessionId: string; workspaceId: string } | null>;

export declare function endSession(parts: Parts, sessionToken: string): Promise<void>;
export declare function endAllSessions(
  parts: Parts,
  input: { workspaceId: string; userId: string },
): Promise<number>;
