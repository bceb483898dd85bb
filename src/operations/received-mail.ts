export interface ReceiveMailInput {
  raw: Buffer;
  envelopeTo: string[];
  at?: Date;
  /** What our own check of the sender said, where our own server took the mail from outside; unset: its headers may say. */
  authentic?: boolean;
  /** The mail went no further than to us: what a person wrote is passed on to the CSM by mail. */
  copyToCsm?: boolean;
}
