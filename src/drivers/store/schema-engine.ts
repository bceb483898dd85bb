import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { migrationAdapterFactory } from "./migration-adapter.ts";

export type SchemaEngine = bindings.SchemaEngine;

let instantiated: Promise<void> | null = null;

/**
 * Prisma's own migration engine, compiled to WebAssembly: the native one would be fetched from the
 * internet. Loaded only where a migration is really to be made or applied (it takes about 0.2 s).
 */
export async function openSchemaEngine(url: string, datamodel: string): Promise<SchemaEngine> {
  instantiated ??= instantiate();
  await instantiated;
  return bindings.SchemaEngine.new(
    { datamodels: [["schema.prisma", datamodel]] },
    () => undefined, // the engine's trace lines; its errors are thrown
    bindMigrationAwareSqlAdapterFactory(migrationAdapterFactory(url)),
  );
}

/** Node cannot import .wasm as a module without a flag, so the imports are bound by hand. */
async function instantiate(): Promise<void> {
  const path = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  const { instance } = await WebAssembly.instantiate(await readFile(path), {
    "./schema_engine_bg.js": bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start !== "function") throw new Error(`${path} is not the schema engine this version of Baton knows.`);
  start();
}
