import { shapeLines } from "./api-shape.ts";
import { Document } from "./layout.tsx";

/** What this page reads of an OpenAPI document. */
interface Described {
  info: { title: string; description?: string };
  paths?: Record<string, Record<string, unknown> | undefined>;
}
interface Operation {
  summary?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema?: unknown }[];
  requestBody?: { content?: Record<string, { schema?: unknown }> };
  responses?: Record<string, { content?: Record<string, { schema?: unknown }> }>;
}

const methods = ["get", "post", "put", "patch", "delete"] as const;

interface Named {
  readonly path: string;
  readonly method: string;
  readonly operation: Operation;
  readonly group: string;
}

/** What the API can do, by what it is about. Our own page, since one from elsewhere would need scripts from elsewhere. */
export function docsPage(description: unknown) {
  const { info } = description as Described;
  const operations = operationsOf(description as Described);
  return (
    <Document title={`${info.title} API`}>
      <main id="main" className="narrow">
        <h1>The API of {info.title}</h1>
        <p>{info.description}</p>
        <p>
          <a href="/api/openapi.json">/api/openapi.json</a> has the same for programs.
        </p>
        {groupsOf(operations).map((group) => (
          <section className="card" key={group} id={wordOf(group)}>
            <h2>
              <a href={`/api/docs/${wordOf(group)}`}>{group}</a>
            </h2>
            <ul className="plain">
              {operations
                .filter((one) => one.group === group)
                .map(({ method, path, operation }) => (
                  <li key={`${method} ${path}`}>
                    <Name method={method} path={path} summary={operation.summary} />
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </main>
    </Document>
  );
}

/** The operations of one group with all they take and give; null when there is no such group. */
export function docsGroupPage(description: unknown, word: string) {
  const { info } = description as Described;
  const operations = operationsOf(description as Described);
  const group = groupsOf(operations).find((one) => wordOf(one) === word);
  if (group === undefined) return null;
  return (
    <Document title={`${group} · ${info.title} API`}>
      <main id="main" className="narrow">
        <p className="back">
          <a href={`/api/docs#${word}`}>The whole API</a>
        </p>
        <h1>The API: {group}</h1>
        <p className="soft">A field with a question mark may be left out.</p>
        {operations
          .filter((one) => one.group === group)
          .map((one) => (
            <OperationView key={`${one.method} ${one.path}`} {...one} />
          ))}
      </main>
    </Document>
  );
}

function operationsOf({ paths = {} }: Described): Named[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method] as Operation | undefined;
      const group = operation?.tags?.[0] ?? "other";
      return operation === undefined ? [] : [{ path, method, operation, group }];
    }),
  );
}

const groupsOf = (operations: readonly Named[]): string[] => [
  ...new Set(operations.map(({ group }) => group)),
];
const wordOf = (group: string): string => group.replaceAll(" ", "-");

function Name({ method, path, summary }: { method: string; path: string; summary: string | undefined }) {
  return (
    <>
      <code>
        {method.toUpperCase()} {path}
      </code>{" "}
      <span className="soft small">{summary}</span>
    </>
  );
}

function OperationView({ path, method, operation }: Named) {
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const [status, answer] =
    Object.entries(operation.responses ?? {}).find(([code]) => code.startsWith("2")) ?? [];
  return (
    <section className="card">
      <h2>
        <code>
          {method.toUpperCase()} {path}
        </code>
      </h2>
      <p>{operation.summary}</p>
      {(operation.parameters ?? []).length === 0 ? null : (
        <ul>
          {operation.parameters?.map((parameter) => (
            <li key={`${parameter.in}-${parameter.name}`}>
              <code>{parameter.name}</code> <span className="soft small">({parameter.in})</span>{" "}
              {parameter.required ? "required. " : ""}
              {parameter.description}
            </li>
          ))}
        </ul>
      )}
      {body === undefined ? null : <Shape title="Send" schema={body} />}
      {answer?.content?.["application/json"] === undefined ? null : (
        <Shape title={`Answer ${status}`} schema={answer.content["application/json"].schema} />
      )}
    </section>
  );
}

function Shape({ title, schema }: { title: string; schema: unknown }) {
  return (
    <>
      <h3>{title}</h3>
      <pre>{shapeLines(schema)}</pre>
    </>
  );
}
