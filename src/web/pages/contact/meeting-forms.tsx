import { agendaKey, isMovable } from "../../../domain/readiness/arrange-agenda.ts";
import type { AgendaItem } from "../../../domain/readiness/readiness.ts";
import type { ContactPage } from "../../../operations/page-parts.ts";
import { Icon } from "../ui/icon.tsx";
import { count } from "../words.ts";
import { ActForm, TextField } from "./act-form.tsx";
import { type FormContext, isChosen } from "./form-context.ts";
import { Ranked } from "./ranked.tsx";
import { localeOf, type Reader, timeText, When, zoneWords } from "./reader-time.tsx";

const MOST_POINTS = 10;
/** Times in sight: three days; who needs another says so. */
const OFFERED = 6;

type Props = { page: ContactPage; context: FormContext; reader: Reader };

/** A talk about the reader's own list: a time or a wish, what it is about, and a file for the calendar. */
export function Meeting({ page, context, reader }: Props) {
  return (
    <>
      <Standing page={page} context={context} reader={reader} />
      <Slots page={page} context={context} reader={reader} />
      <ActForm context={context} form="meeting" act="meeting-requested">
        <TextField
          context={context}
          form="meeting"
          name="note"
          label={page.slots.length === 0 ? "Times that suit you" : "None fits? Say what would"}
        />
        <button className="quiet" type="submit">
          Ask for a talk
        </button>
      </ActForm>
      <div className="row" id="agenda">
        <h3>What we would talk about</h3>
        {context.live ? <ArrangedAgenda page={page} context={context} /> : <AgendaList page={page} />}
        <OwnPoints page={page} context={context} />
      </div>
    </>
  );
}

function Standing({ page, context, reader }: Props) {
  const { meeting } = page;
  const who = page.csm?.name ?? "Your contact with us";
  const slotAt = meeting?.slotAt ?? null;
  if (meeting === null || !["requested", "booked"].includes(meeting.state))
    return (
      <p>
        You can ask for a talk at any time; nothing has to be finished first. It is about your list, not a
        demo.
      </p>
    );
  if (slotAt === null)
    return (
      <p>
        You asked to talk. <bdi>{who}</bdi> answers within one working day.
      </p>
    );
  return (
    <div className="slot-chosen">
      <p>
        <strong>
          <When at={slotAt} reader={reader} how="time" />
        </strong>{" "}
        in your zone, {zoneWords(reader.zone)}
        {page.csm === null || page.csm.zone === reader.zone ? null : (
          <>
            ; <When at={slotAt} reader={{ ...reader, zone: page.csm.zone }} how="clock" /> for{" "}
            <bdi>{page.csm.name}</bdi>
          </>
        )}
        .
      </p>
      <p className="soft">
        {meeting.state === "booked"
          ? "It is fixed. To move it, choose another time below."
          : `${who} confirms within one working day. To change it, choose another time below.`}
      </p>
      {context.looking === true ? null : (
        <p>
          <a className="button quiet small" href={`${context.address}/meeting.ics`} download="meeting.ics">
            <Icon name="calendar" />
            Add it to your calendar
          </a>
        </p>
      )}
    </div>
  );
}

/** Times in the reader's zone; ours is named beside each where it differs. */
function Slots({ page, context, reader }: Props) {
  if (page.slots.length === 0) return null;
  const other = page.csm === null || page.csm.zone === reader.zone ? null : page.csm;
  return (
    <ActForm context={context} form="slot" act="slot-chosen">
      <fieldset>
        <legend>
          Times that work on our side{" "}
          <span className="hint">
            In your time zone, {zoneWords(reader.zone)}
            {other === null ? "" : `; ${other.name} is in ${zoneWords(other.zone)}`}
          </span>
        </legend>
        <div className="choices slots">
          {page.slots.slice(0, OFFERED).map(({ at }) => (
            <label className="choice" key={at}>
              <input
                type="radio"
                name="slotAt"
                value={at}
                defaultChecked={isChosen(context, "slot", "slotAt", at, false)}
              />
              <span lang={localeOf(reader.language)}>
                {timeText(new Date(at), reader, "time")}
                {other === null ? null : (
                  <span className="hint">
                    {timeText(new Date(at), { ...reader, zone: other.zone }, "clock")} for them
                  </span>
                )}
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      <button type="submit">Choose this time</button>
    </ActForm>
  );
}

/** Own points stand first; they can be added, put in order and taken away. */
function OwnPoints({ page, context }: { page: ContactPage; context: FormContext }) {
  const { own } = page.agenda;
  return (
    <Ranked
      context={context}
      form="agenda"
      act="agenda-set"
      prefix="point"
      label="Point"
      rows={Math.min(MOST_POINTS, Math.max(3, own.length + 1))}
      standing={own}
    >
      <p className="soft small">Your own points come first, in this order. Empty a line to take it away.</p>
      <button className="quiet" type="submit">
        Save my points
      </button>
    </Ranked>
  );
}

/** Each proposed item can be moved up or left out, and put back: it is their meeting. */
function ArrangedAgenda({ page, context }: { page: ContactPage; context: FormContext }) {
  const { items, leftOut = [] } = page.agenda;
  if (!items.some(isMovable) && leftOut.length === 0) return <AgendaList page={page} />;
  const movable = items.filter(isMovable);
  return (
    <ActForm context={context} form="arrange" act="agenda-arranged">
      {movable.map((item, index) => (
        <input key={agendaKey(item)} type="hidden" name={`item.${index + 1}`} value={agendaKey(item)} />
      ))}
      {leftOut.map((item) => (
        <input key={agendaKey(item)} type="hidden" name="left" value={agendaKey(item)} />
      ))}
      <ol className="arranged">
        {items.map((item) => (
          <li key={agendaKey(item)}>
            <AgendaLine item={item} />
            {isMovable(item) ? (
              <span className="buttons">
                {item === movable[0] ? null : <Do what="up" item={item} words="Move up" />}
                <Do what="leave" item={item} words="Leave this out" />
              </span>
            ) : null}
          </li>
        ))}
      </ol>
      {leftOut.length === 0 ? null : (
        <>
          <h4>Left out</h4>
          <ul className="arranged" id="left-out">
            {leftOut.map((item) => (
              <li key={agendaKey(item)}>
                <span className="soft">
                  <bdi>{item.text}</bdi>
                </span>
                <span className="buttons">
                  <Do what="back" item={item} words="Put it back" />
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      <AlsoWrote note={page.agenda.note} />
    </ActForm>
  );
}

function Do({ what, item, words }: { what: "up" | "leave" | "back"; item: AgendaItem; words: string }) {
  return (
    <button className="quiet small" type="submit" name="do" value={`${what} ${agendaKey(item)}`}>
      {words}
      <span className="sr">: {item.text}</span>
    </button>
  );
}

function AgendaLine({ item }: { item: AgendaItem }) {
  return (
    <>
      <bdi>{item.text}</bdi>{" "}
      <span className="soft small">
        {count(item.minutes, "minute")}
        {item.kind === "own" ? " · yours" : ""}
      </span>
    </>
  );
}

function AlsoWrote({ note }: { note: string | null }) {
  return note === null ? null : <p className="soft">You also wrote: “{note}”</p>;
}

export function AgendaList({ page }: { page: Pick<ContactPage, "agenda"> }) {
  const { items, emptyReason, note } = page.agenda;
  const said = <AlsoWrote note={note} />;
  if (items.length === 0)
    return (
      <>
        <p className="soft">
          {emptyReason === null || /^no agenda/.test(emptyReason)
            ? "It fills as you rank priorities and ask questions, or write your own points."
            : emptyReason}
        </p>
        {said}
      </>
    );
  return (
    <>
      <ol>
        {items.map((item) => (
          <li key={`${item.kind}-${item.text}`}>
            <AgendaLine item={item} />
          </li>
        ))}
      </ol>
      {said}
    </>
  );
}
