import { randomFillSync } from "node:crypto";

const random = Buffer.alloc(16 * 256);
let used = random.length;

/**
 * A UUID of version 7 (RFC 9562): time first, so rows made together lie together in the index.
 * Prisma makes the same kind for rows it writes; this is for the statements we write by hand.
 */
export function newRowId(atMs: number = Date.now()): string {
  if (used === random.length) {
    randomFillSync(random);
    used = 0;
  }
  const bytes = Buffer.from(random.subarray(used, used + 16));
  used += 16;
  bytes.writeUIntBE(atMs, 0, 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
