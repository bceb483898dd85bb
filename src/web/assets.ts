import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";
import type { FastifyInstance } from "fastify";
import { repositoryRoot } from "../repository-root.ts";

interface Asset {
  readonly body: string;
  readonly type: string;
  readonly path: string;
  /** With the hash of what it holds: a browser keeps it for a year and still never shows an old one. */
  readonly address: string;
}

const FOLDER = join(repositoryRoot, "src/web/assets");
/** What every page needs, as one file; every other stylesheet belongs to one area and only its pages ask for it. */
const CORE = ["tokens", "base", "parts", "forms", "print"];

const styles = new Map<string, Asset>([
  ["core", makeAsset("core.css", CORE.map((name) => read("css", `${name}.css`)).join("\n"), "css")],
]);
for (const file of readdirSync(join(FOLDER, "css"))) {
  const name = file.replace(/\.css$/, "");
  if (!CORE.includes(name)) styles.set(name, makeAsset(file, read("css", file), "css"));
}
const scripts = new Map<string, Asset>(
  readdirSync(join(FOLDER, "js")).map((file) => [
    file.replace(/\.js$/, ""),
    makeAsset(file, read("js", file), "js"),
  ]),
);

/** Address of a stylesheet of src/web/assets/css; `core` is what every page has. Throws for an unknown name. */
export function styleAddress(name: string): string {
  return known(styles, name, "stylesheet").address;
}

/** Address of a script of src/web/assets/js. Throws for an unknown name. */
export function scriptAddress(name: string): string {
  return known(scripts, name, "script").address;
}

export function addAssets(app: FastifyInstance): void {
  for (const asset of [...styles.values(), ...scripts.values()]) {
    app.get(asset.path, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .header("content-type", asset.type)
        .header("cache-control", "public, max-age=31536000, immutable")
        .send(asset.body),
    );
  }
}

function read(kind: "css" | "js", file: string): string {
  return readFileSync(join(FOLDER, kind, file), "utf8");
}

function makeAsset(file: string, source: string, kind: "css" | "js"): Asset {
  const { code: body } = transformSync(source, { loader: kind, minify: true, legalComments: "none" });
  const version = createHash("sha256").update(body).digest("base64url").slice(0, 10);
  const type = kind === "css" ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
  return { body, type, path: `/assets/${file}`, address: `/assets/${file}?v=${version}` };
}

function known(assets: ReadonlyMap<string, Asset>, name: string, kind: string): Asset {
  const asset = assets.get(name);
  if (asset === undefined) throw new Error(`There is no ${kind} called "${name}" in src/web/assets.`);
  return asset;
}
