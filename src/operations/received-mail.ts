export interface ReceiveMailInput {
  raw: Buffer;
  envelopeTo: string[];
  at?: Date;
}
