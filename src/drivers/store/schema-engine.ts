import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { migrationAdapters } from "./migration-adapter.ts";

let instantiated: Promise<void> | null = null;
let lastPanic: string | null = null;

/**
 * Lends Prisma's own migration engine, compiled to WebAssembly: the native one would be fetched from
 * the internet. Loaded only where a migration is really to be made or applied (it takes about 0.2 s).
 */
export async function withSchemaEngine<T>(
  url: string,
  datamodel: string,
  act: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  instantiated ??= instantiate();
  await instantiated;
  const adapters = migrationAdapters(url);
  try {
    const engine = await bindings.SchemaEngine.new(
      { datamodels: [["schema.prisma", datamodel]] },
      () => undefined, // the engine's trace lines; its errors are thrown
      bindMigrationAwareSqlAdapterFactory(adapters.factory),
    );
    const result = await act(engine);
    engine.free();
    return result;
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause);
    const refused = adapters.scriptError();
    if (refused === null) throw new Error(`The schema engine failed: ${lastPanic ?? words}`, { cause });
    const name = /migration_name="([^"]+)"/.exec(words)?.[1] ?? "";
    throw new Error(
      `The migration ${name} failed and was undone: ${refused.message}. ` +
        "Nothing of it remains in the database: correct its migration.sql and start again.",
      { cause: refused },
    );
  } finally {
    await adapters.close();
  }
}

/** The two words of WebAssembly used here; TypeScript declares them only together with the whole browser. */
interface WebAssemblyApi {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, object>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
}

/** Node cannot import .wasm as a module without a flag, so the imports are bound by hand. */
async function instantiate(): Promise<void> {
  const path = createRequire(import.meta.url)
    .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
    .replace(/\.js$/, ".wasm");
  // Where the engine leaves the reason when it gives up; without it only "unreachable" would be thrown.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message: (message: string) => {
        lastPanic = message;
      },
    },
  });
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  const { instance } = await WebAssembly.instantiate(await readFile(path), {
    "./schema_engine_bg.js": bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start !== "function")
    throw new Error(`${path} is not the schema engine this version of Baton knows.`);
  start();
}
