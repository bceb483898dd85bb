import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { repositoryRoot } from "../repository-root.ts";

function readAsset(name: string, type: string) {
  const body = readFileSync(join(repositoryRoot, "src/web/assets", name), "utf8");
  const version = createHash("sha256").update(body).digest("base64url").slice(0, 10);
  return { body, type, path: `/assets/${name}`, address: `/assets/${name}?v=${version}` };
}

export const stylesheet = readAsset("baton.css", "text/css; charset=utf-8");
export const visitScript = readAsset("visit.js", "text/javascript; charset=utf-8");

export function addAssets(app: FastifyInstance): void {
  for (const asset of [stylesheet, visitScript]) {
    app.get(asset.path, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .header("content-type", asset.type)
        .header("cache-control", "public, max-age=31536000, immutable")
        .send(asset.body),
    );
  }
}
