import { plain } from "./words.ts";

/** One field as it was posted. A name may come several times. */
export interface Typed {
  name: string;
  value: string;
}

/** Never shown again, whatever form it came from. */
const SECRET = /pass|token|secret|csrf|key|code/i;
/** Fields that people write in, even if it is a single word. */
const WRITTEN =
  /(^|[.-])(text|note|why|because|who\w*|reason|answer|body|subject|title|statement|correction|point|priority)([.-]|$)/i;
/** A choice, a number of ours: nothing that anybody typed. */
const CHOSEN = /^[a-z0-9_-]{1,40}$/i;

/** What a person wrote into a form: neither what they chose, nor what the page carried along, nor a secret. */
export function writtenIn(typed: readonly Typed[]): Typed[] {
  return typed.filter(
    ({ name, value }) =>
      value.trim() !== "" &&
      !SECRET.test(name) &&
      !["once", "back", "act", "form"].includes(name) &&
      (WRITTEN.test(name) || !CHOSEN.test(value)),
  );
}

/** Text that could not be saved, to be copied before the reader goes on. */
export function WhatYouWrote({ written }: { written: readonly Typed[] }) {
  if (written.length === 0) return null;
  return (
    <section className="card" aria-labelledby="written">
      <h2 id="written">What you wrote</h2>
      <p>It is not saved yet. Copy it before you go on; then paste it in.</p>
      {written.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the order of a posted form never changes
        <div className="field" key={index}>
          <label htmlFor={`written-${index}`}>{plain(name.replaceAll(".", " "))}</label>
          <textarea
            id={`written-${index}`}
            readOnly
            dir="auto"
            rows={Math.min(12, Math.max(1, Math.ceil(value.length / 60)) + value.split("\n").length - 1)}
            defaultValue={value}
          />
        </div>
      ))}
    </section>
  );
}
