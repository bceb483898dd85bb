import type { MailKind } from "../domain/inbound/mail-kind.ts";
import type { Parts } from "./parts.ts";

export interface ReceiveMailInput {
  raw: Buffer;
  envelopeTo: string[];
  at?: Date;
}
export interface MailReceived {
  kind: MailKind;
  /** Null: nothing signed named a send; kept, but nobody is suppressed or credited (trust.md A19). */
  sendId: string | null;
  enrollmentId: string | null;
  did: string;
  repeated: boolean;
}
export declare function receiveMail(parts: Parts, input: ReceiveMailInput): Promise<MailReceived>;
