// Checks the import rules. A cruise that saw almost nothing is a failure too: without a parser for
// TypeScript, dependency-cruiser finds no module, no violation, and is content.
import { createRequire } from "node:module";

const FLOOR = 60;
const require = createRequire(import.meta.url);
const configuration = require("./.dependency-cruiser.cjs");

// dependency-cruiser never tells the parser that a .tsx file holds JSX, and then stops at the first tag.
const swc = require("@swc/core");
const parseFileSync = swc.parseFileSync.bind(swc);
swc.parseFileSync = (file, options) => parseFileSync(file, { ...options, tsx: file.endsWith(".tsx") });
const { cruise } = await import("dependency-cruiser");

const { output } = await cruise(
  ["src", "worker", "emails"],
  { ...configuration.options, ruleSet: { forbidden: configuration.forbidden }, validate: true },
  configuration.options.enhancedResolveOptions,
);
const ours = output.modules.filter(({ source }) => /^(src|worker|emails)\//.test(source));
const edges = ours.reduce((sum, { dependencies }) => sum + dependencies.length, 0);

for (const { rule, from, to, cycle } of output.summary.violations) {
  const path = cycle === undefined ? to : cycle.map(({ name }) => name).join(" → ");
  console.error(`${rule.name}: ${from} → ${path}`);
}
if (ours.length < FLOOR || edges < FLOOR) {
  console.error(
    `Only ${ours.length} modules with ${edges} imports were seen: the parser is missing or broken.`,
  );
  process.exit(1);
}
if (output.summary.violations.length > 0) process.exit(1);
console.log(`${ours.length} modules, ${edges} imports, no violation.`);
