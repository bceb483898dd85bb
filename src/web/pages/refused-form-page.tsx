import type { Problem } from "../problem.ts";
import { Narrow } from "./layout.tsx";
import { Notice } from "./ui/notice.tsx";
import type { Typed } from "./what-you-wrote.tsx";
import { plain } from "./words.ts";

const KEPT_OUT_OF_SIGHT = new Set(["csrf", "back", "once"]);
const CHOSEN = /^[a-z0-9_-]{1,40}$/;

/**
 * A form that was refused, with everything that was typed still in it: correct the one field and send
 * it again. What was chosen rather than typed goes along unseen, unless it is what was complained of.
 */
export function refusedFormPage(props: {
  problem: Problem;
  action: string;
  back: string;
  typed: readonly Typed[];
}) {
  const { problem, action, back, typed } = props;
  const seen = (field: Typed) =>
    !KEPT_OUT_OF_SIGHT.has(field.name) && (field.name === problem.place || !CHOSEN.test(field.value));
  return (
    <Narrow title={problem.title}>
      <h1>Not yet</h1>
      <Notice tone="refused" title={problem.detail}>
        {problem.remedy}
      </Notice>
      <form method="post" action={action} className="card">
        {typed.map((field, index) =>
          seen(field) ? (
            <KeptField
              // biome-ignore lint/suspicious/noArrayIndexKey: the order of a posted form never changes
              key={index}
              field={field}
              id={`field-${index}`}
              wrong={field.name === problem.place}
            />
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the order of a posted form never changes
            <input key={index} type="hidden" name={field.name} value={field.value} />
          ),
        )}
        <div className="buttons">
          <button type="submit">Send it again</button>
          <a className="button quiet" href={back}>
            Back without sending
          </a>
        </div>
      </form>
    </Narrow>
  );
}

function KeptField({ field, id, wrong }: { field: Typed; id: string; wrong: boolean }) {
  const shared = {
    id,
    name: field.name,
    defaultValue: field.value,
    autoFocus: wrong,
    "aria-invalid": wrong ? true : undefined,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{plain(field.name)}</label>
      {field.value.length > 60 || field.value.includes("\n") ? (
        <textarea {...shared} />
      ) : (
        <input type="text" {...shared} />
      )}
    </div>
  );
}
