import { compile } from "../../worker/compile.mjs";

let compiled: Promise<string> | null = null;

/**
 * The main file of the tests' workers as JavaScript, made once per test file: a worker that is killed a
 * hundred times must start in one second, and tsx alone takes three of a core.
 */
export function compiledWorker(): Promise<string> {
  compiled ??= compile("test/support/worker-main.ts");
  return compiled;
}
