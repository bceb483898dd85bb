import { recordAudit } from "../drivers/store/audit.ts";
import type { Parts } from "./parts.ts";
import { type Result, refuse } from "./refusal.ts";
import { transact } from "./transact.ts";

const LARGEST_BYTES = 100 * 1024;

/** What the bytes themselves say they are; the name and type that a browser sends prove nothing. */
function imageType(bytes: Buffer): string | null {
  if (bytes.subarray(0, 8).equals(Buffer.from("89504e470d0a1a0a", "hex"))) return "image/png";
  if (bytes.subarray(0, 3).equals(Buffer.from("ffd8ff", "hex"))) return "image/jpeg";
  const riff = bytes.subarray(0, 4).toString("latin1") === "RIFF";
  return riff && bytes.subarray(8, 12).toString("latin1") === "WEBP" ? "image/webp" : null;
}

/** The picture that contacts see beside their CSM's name. Null takes it away. */
export async function changePhoto(
  parts: Parts,
  input: { workspaceId: string; userId: string; photo: Buffer | null },
): Promise<Result<{ photo: boolean }>> {
  const { workspaceId, userId, photo } = input;
  const type = photo === null ? null : imageType(photo);
  if (photo !== null && photo.length > LARGEST_BYTES) {
    return refuse(
      "photo-too-large",
      "photo",
      `The picture has ${Math.ceil(photo.length / 1024)} KB.`,
      "Choose one of at most 100 KB; 200 by 200 pixels is plenty.",
    );
  }
  if (photo !== null && type === null)
    return refuse("not-a-picture", "photo", "This file is no picture.", "Choose a PNG, JPEG or WebP file.");
  return transact(parts, async (tx) => {
    const { count } = await tx.user.updateMany({
      where: { workspaceId, id: userId },
      data: { photo: photo === null ? null : new Uint8Array(photo), photoType: type },
    });
    if (count === 0) return refuse("unknown-user", "user", "There is no such person here.", "Sign in again.");
    await recordAudit(tx, {
      workspaceId,
      at: parts.clock.now(),
      actor: `user:${userId}`,
      action: photo === null ? "photo-removed" : "photo-changed",
      subjectType: "user",
      subjectId: userId,
      after: { type, bytes: photo?.length ?? 0 },
    });
    return { ok: true, photo: photo !== null };
  });
}
