import { count } from "../words.ts";
import { lastWords } from "./said-words.ts";
import type { Suggested } from "./suggested.ts";

/** At the top: for what ended the program. */
export function Said({ kind }: { kind: string | null }) {
  const words = lastWords(kind);
  if (words === null) return null;
  return (
    <section className="card said" role="status" id="said">
      <p>{words}</p>
    </section>
  );
}

export function Suggestions({ title, suggested }: { title: string; suggested: readonly Suggested[] }) {
  return (
    <p>
      {title}:{" "}
      {suggested.map((one, index) => (
        <span key={one.href}>
          {index > 0 ? ", " : ""}
          <a href={one.href}>{one.title}</a> ({count(one.minutes, "minute")})
        </span>
      ))}
      .
    </p>
  );
}
