import type { ReactNode } from "react";
import { parseMergeText } from "../../../domain/sequences/merge-fields.ts";
import type { Problem } from "../../../domain/sequences/problem.ts";
import type { Change, StepDiff, VersionDiff, Words } from "../../../domain/sequences/version-diff.ts";
import { Empty } from "../ui/empty.tsx";
import { Tabs } from "../ui/tabs.tsx";
import { Tag } from "../ui/tag.tsx";
import { count } from "../words.ts";

/** The pages of one sequence. */
export function SequenceTabs({ name, at, here }: { name: string; at: string; here: string }) {
  const tabs = [
    { href: at, name: "Program" },
    { href: `${at}/source`, name: "Source" },
    { href: `${at}/versions`, name: "Versions" },
    { href: `${at}/people`, name: "People" },
  ];
  return <Tabs label={`Pages of ${name}`} tabs={tabs.map((tab) => ({ ...tab, here: tab.name === here }))} />;
}

/** A subject for people who do not write it: "Welcome to [product name]". A field's fallback reads best. */
export function subjectWords(subject: string): string {
  return parseMergeText(subject)
    .parts.map((part) => ("text" in part ? part.text : (part.fallback ?? `[${fieldWords(part.field)}]`)))
    .join("");
}

function fieldWords(field: string): string {
  return field
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .replace(".", " ")
    .toLowerCase();
}

/** What the linter thinks of a file, in a word. */
export function LintTag({ problems }: { problems: readonly Problem[] }) {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  const warnings = problems.length - errors;
  if (errors > 0) return <Tag tone="bad">{count(errors, "error")}</Tag>;
  if (warnings > 0) return <Tag tone="warn">{count(warnings, "warning")}</Tag>;
  return <Tag tone="good">No complaints</Tag>;
}

/** Every complaint with its place and its remedy. `lineHref` leads to the line, where there is a source to show. */
export function ProblemList(props: { problems: readonly Problem[]; lineHref?: (line: number) => string }) {
  const { problems, lineHref } = props;
  if (problems.length === 0)
    return <p className="soft">The linter has nothing to say. It would be published as it is.</p>;
  return (
    <ul className="rows problems">
      {problems.map((problem) => (
        <li key={`${problem.rule}.${problem.line}.${problem.column}.${problem.message}`}>
          <div>
            <p>
              <Tag tone={problem.severity === "error" ? "bad" : "warn"}>
                {problem.severity === "error" ? "Error" : "Warning"}
              </Tag>{" "}
              {problem.message}
            </p>
            <p className="small">{problem.remedy}</p>
            <p className="small soft">
              {lineHref === undefined ? null : (
                <>
                  <a href={lineHref(problem.line)} data-line={problem.line} data-column={problem.column}>
                    {problem.file}, line {problem.line}, column {problem.column}
                  </a>{" "}
                  ·{" "}
                </>
              )}
              <span className="mono">{problem.rule}</span>
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}

function Run({ words }: { words: Words }) {
  switch (words.kind) {
    case "same":
      return <>{words.text}</>;
    case "added":
      return <ins>{words.text}</ins>;
    case "removed":
      return <del>{words.text}</del>;
    default:
      return words.kind satisfies never;
  }
}

/** Long texts that did not change are cut between the places that did. */
const LEFT_STANDING = 90;

function shortened(words: Words, index: number, last: number): Words {
  const { kind, text } = words;
  if (kind !== "same" || text.length <= 2 * LEFT_STANDING) return words;
  const head = index === 0 ? "" : text.slice(0, LEFT_STANDING);
  const tail = index === last ? "" : text.slice(-LEFT_STANDING);
  return { kind, text: `${head} … ${tail}` };
}

function WordDiff({ words }: { words: readonly Words[] }) {
  return (
    <p className="diff">
      {words.map((run, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of a diff never changes
        <Run key={index} words={shortened(run, index, words.length - 1)} />
      ))}
    </p>
  );
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <ul className="changes">
      {changes.map((change, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of a diff never changes
        <li key={index}>
          <strong>{change.what}</strong>
          {change.words.length === 0 ? null : <WordDiff words={change.words} />}
        </li>
      ))}
    </ul>
  );
}

const kinds: Readonly<Record<StepDiff["kind"], ReactNode>> = {
  added: <Tag tone="good">New step</Tag>,
  removed: <Tag tone="bad">Gone</Tag>,
  changed: <Tag tone="info">Changed</Tag>,
};

/** "Step 3 ‘First thing’: subject changed …", step by step. */
export function DiffView({ diff }: { diff: VersionDiff }) {
  if (diff.sequence.length === 0 && diff.steps.length === 0)
    return (
      <Empty icon="check" title="The same program">
        They differ at most in comments and line breaks.
      </Empty>
    );
  return (
    <div className="step-diffs">
      {diff.sequence.length === 0 ? null : (
        <section>
          <h3>The program as a whole</h3>
          <Changes changes={diff.sequence} />
        </section>
      )}
      {diff.steps.map((step) => (
        <section key={step.key}>
          <h3>
            Step {step.position} “<bdi>{subjectWords(step.subject)}</bdi>” {kinds[step.kind]}
          </h3>
          <p className="small soft mono">{step.key}</p>
          <Changes changes={step.changes} />
        </section>
      ))}
    </div>
  );
}

/** The whole file, line by line, with three lines around each change. Folded: few want it. */
export function SourceDiff({ patch }: { patch: string }) {
  if (patch === "") return null;
  return (
    <details className="card">
      <summary>Every line of the file that differs</summary>
      <pre className="patch">
        {patch.split("\n").map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of a patch never changes
          <PatchLine key={index} line={line} />
        ))}
      </pre>
    </details>
  );
}

function PatchLine({ line }: { line: string }) {
  const text = `${line}\n`;
  if (line.startsWith("+")) return <ins>{text}</ins>;
  if (line.startsWith("-")) return <del>{text}</del>;
  return line.startsWith("@@") ? <span className="soft">{text}</span> : text;
}

/** A text with its line numbers; complaints stand under their line, and each line can be linked to. */
export function SourceView({ source, problems }: { source: string; problems: readonly Problem[] }) {
  const lines = source.replace(/\n$/, "").split("\n");
  return (
    <ol className="source">
      {lines.map((line, index) => {
        const here = problems.filter((problem) => problem.line === index + 1);
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
          <li key={index} id={`L${index + 1}`} className={here.length === 0 ? undefined : "marked"}>
            {line}
            {here.map((problem) => (
              <span className="remark" key={problem.rule + problem.message}>
                {problem.message} {problem.remedy}
              </span>
            ))}
          </li>
        );
      })}
    </ol>
  );
}
