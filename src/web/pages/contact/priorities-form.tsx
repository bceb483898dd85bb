import { TextField } from "./act-form.tsx";
import type { FormContext } from "./form-context.ts";
import { Ranked } from "./ranked.tsx";

/** As many as every mail asks for (domain.md C2); whoever ranked more by another way sees them all. */
const ROWS = 3;

/** Ranked by place. One is enough (S0-42). */
export function Priorities(props: {
  context: FormContext;
  standing: readonly { text: string; why: string | null }[];
  options: readonly string[];
  prompt: string;
  /** Ranking is what the page asks for first; else its button is a quiet one. */
  main?: boolean;
}) {
  const { context, standing, options, prompt, main = true } = props;
  const unused = options.filter((option) => !standing.some((one) => one.text === option));
  return (
    <>
      <p>{prompt}</p>
      <Ranked
        context={context}
        form="priorities"
        act="priorities-set"
        prefix="priority"
        label="Priority"
        rows={Math.max(ROWS, standing.length)}
        standing={standing.map(({ text }) => text)}
        list={unused.length > 0 ? "priority-options" : undefined}
      >
        {unused.length > 0 ? (
          <>
            <datalist id="priority-options">
              {unused.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
            <p className="soft small">
              Others in your place named: {unused.join("; ")}. Your own words are better.
            </p>
          </>
        ) : null}
        <TextField
          context={context}
          form="priorities"
          name="why"
          label="Why is the first one first?"
          standing={standing[0]?.why ?? ""}
        />
        <button className={main ? undefined : "quiet"} type="submit">
          Save this order
        </button>
      </Ranked>
      {context.live ? null : (
        <ol>
          {standing.map((one) => (
            <li key={one.text}>
              <bdi>{one.text}</bdi>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
