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

/** The API as a page to read: our own, since a page from elsewhere would need scripts from elsewhere. */
export function docsPage(description: unknown) {
  const { info, paths = {} } = description as Described;
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item?.[method] as Operation | undefined;
      return operation === undefined
        ? []
        : [{ path, method, operation, tag: operation.tags?.[0] ?? "other" }];
    }),
  );
  const tags = [...new Set(operations.map((one) => one.tag))];
  return (
    <Document title={`${info.title} API`}>
      <main id="main" className="narrow">
        <h1>The API of {info.title}</h1>
        <p>{info.description}</p>
        <p>
          <a href="/api/openapi.json">/api/openapi.json</a> has the same for programs.
        </p>
        <ul className="jump">
          {tags.map((tag) => (
            <li key={tag}>
              <a href={`#${tag}`}>{tag}</a>
            </li>
          ))}
        </ul>
        {tags.map((tag) => (
          <section className="card" key={tag} id={tag}>
            <h2>{tag}</h2>
            {operations
              .filter((one) => one.tag === tag)
              .map((one) => (
                <OperationView key={`${one.method} ${one.path}`} {...one} />
              ))}
          </section>
        ))}
      </main>
    </Document>
  );
}

function OperationView({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const body = operation.requestBody?.content?.["application/json"]?.schema;
  const [status, answer] =
    Object.entries(operation.responses ?? {}).find(([code]) => code.startsWith("2")) ?? [];
  return (
    <details>
      <summary>
        <code>
          {method.toUpperCase()} {path}
        </code>{" "}
        <span className="soft small">{operation.summary}</span>
      </summary>
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
    </details>
  );
}

function Shape({ title, schema }: { title: string; schema: unknown }) {
  return (
    <>
      <h4>{title}</h4>
      <pre>{JSON.stringify(schema, null, 2)}</pre>
    </>
  );
}
