import { ActForm, type FormContext, TextField, typedValue } from "./act-form.tsx";

const ROWS = 5;

/** Ranked by place on the page. The "up" buttons work without script: the server moves the row and stores nothing. */
export function Priorities(props: {
  context: FormContext;
  standing: readonly { text: string; why: string | null }[];
  options: readonly string[];
  prompt: string;
}) {
  const { context, standing, options, prompt } = props;
  const rows = Array.from({ length: ROWS }, (_, index) => index + 1);
  const unused = options.filter((option) => !standing.some((one) => one.text === option));
  return (
    <section className="card" id="priorities">
      <h2>Your priorities</h2>
      <p>{prompt}</p>
      <ActForm context={context} form="priorities" act="priorities-set">
        {rows.map((row) => (
          <div className="rank" key={row}>
            <b aria-hidden="true">{row}</b>
            <input
              type="text"
              name={`priority.${row}`}
              aria-label={`Priority ${row}`}
              maxLength={300}
              list={unused.length > 0 ? "priority-options" : undefined}
              defaultValue={typedValue(
                context,
                "priorities",
                `priority.${row}`,
                standing[row - 1]?.text ?? "",
              )}
            />
            {row === 1 ? (
              <span />
            ) : (
              <button
                className="quiet small"
                type="submit"
                name="move"
                value={row}
                aria-label={`Move priority ${row} up`}
                formNoValidate
              >
                Up
              </button>
            )}
          </div>
        ))}
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
        <button type="submit">Save this order</button>
      </ActForm>
      {context.live ? null : (
        <ol>
          {standing.map((one) => (
            <li key={one.text}>{one.text}</li>
          ))}
        </ol>
      )}
    </section>
  );
}
