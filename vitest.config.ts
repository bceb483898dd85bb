import { defineConfig } from "vitest/config";
import { LongestFirst } from "./test/support/longest-first.ts";

/**
 * Four projects: unit (no I/O), integration (real PostgreSQL, Redis, SMTP), journey (a whole program), browser.
 * One after the other: each has its own number of workers, and what measures time wants the machine for itself.
 */
export default defineConfig({
  test: {
    expect: { requireAssertions: true },
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["test/unit/**/*.test.{ts,tsx}"],
          sequence: { groupOrder: 1 },
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["test/integration/**/*.test.{ts,tsx}"],
          sequence: { groupOrder: 2 },
          globalSetup: ["test/support/postgres-setup.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "journey",
          include: ["test/journey/**/*.test.{ts,tsx}"],
          sequence: { groupOrder: 3 },
          globalSetup: ["test/support/postgres-setup.ts"],
          testTimeout: 180_000,
          hookTimeout: 120_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: "browser",
          include: ["test/browser/**/*.test.{ts,tsx}"],
          sequence: { groupOrder: 4 },
          globalSetup: ["test/support/postgres-setup.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          pool: "forks",
          maxWorkers: 2,
        },
      },
    ],
  },
});
