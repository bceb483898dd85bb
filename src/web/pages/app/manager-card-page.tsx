import type { AgendaItem, Phrase } from "../../../domain/readiness/readiness.ts";
import type { ScheduleCard } from "../../../operations/before-you-schedule.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Icon, type IconName } from "../ui/icon.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { count, timeWords } from "../words.ts";
import { Verdict } from "./case-cells.tsx";
import { evidenceAddress } from "./evidence-address.ts";

const advised: Readonly<
  Record<
    ScheduleCard["advice"]["kind"],
    { title: string; tone: "said" | "warned" | "refused" | "informed"; icon: IconName }
  >
> = {
  meet: { title: "Yes, schedule it. A meeting now would not be a demo.", tone: "said", icon: "check" },
  booked: { title: "A meeting is booked already.", tone: "informed", icon: "calendar" },
  call: {
    title: "Call them first. This is about a worry, not about an agenda.",
    tone: "refused",
    icon: "warning",
  },
  wait: { title: "Not yet. A meeting now would be a demo.", tone: "warned", icon: "clock" },
};

/** What to know of one contact before proposing a meeting, on one page, also on paper (domain.md F 3). */
export function managerCardPage(props: { viewer: Viewer; card: ScheduleCard; now: Date }) {
  const { viewer, card, now } = props;
  const { title, tone, icon } = advised[card.advice.kind];
  const room = `/cases/${card.caseId}`;
  return (
    <AppPage viewer={viewer} title={`Before you schedule: ${card.contactName}`} styles={["board"]}>
      <PageHead
        title={card.contactName}
        crumbs={[
          { href: "/manager", name: "Manager board" },
          { href: room, name: card.accountName },
        ]}
        meta={
          <>
            <span className="soft">Before you schedule</span>
            {card.readiness === null ? null : (
              <Verdict verdict={card.readiness.verdict} score={card.readiness.score} />
            )}
            <span className="small soft">as of {timeWords(now, viewer.zone)}</span>
          </>
        }
        actions={
          <a className="button" href={room}>
            Open the case
          </a>
        }
      />
      <section className={`card advice ${tone}`}>
        <Icon name={icon} />
        <div>
          <h2>{title}</h2>
          <p>{sentence(card.advice.reason)}</p>
        </div>
      </section>
      <div className="cols two">
        <Card title="In five lines">
          <dl className="five">
            {card.lines.map(({ label, text }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <Line card={card} label={label} text={text} room={room} />
                </dd>
              </div>
            ))}
          </dl>
        </Card>
        <div>
          <AgendaCard card={card} />
          <Gates card={card} />
        </div>
      </div>
    </AppPage>
  );
}

/** Phrases lead to the events behind them; a line without any stays words. */
function Line(props: { card: ScheduleCard; label: string; text: string; room: string }) {
  const { card, label, text, room } = props;
  const said = card.readiness?.explanation;
  if (said === undefined) return <bdi>{text}</bdi>;
  if (label === "What they did" && said.done.length > 0)
    return (
      <ul className="plain did">
        {said.done.map((phrase) => (
          <li key={phrase.text}>
            <Evidence phrase={phrase} caseId={card.caseId} />
          </li>
        ))}
      </ul>
    );
  if (label === "Last own act" && said.lastAct !== null)
    return <Evidence phrase={said.lastAct} caseId={card.caseId} />;
  if (label === "Still open")
    return (
      <>
        <bdi>{text}</bdi>{" "}
        <a className="small" href={`${room}#questions`}>
          Questions
        </a>
      </>
    );
  return <bdi>{text}</bdi>;
}

function Evidence({ phrase, caseId }: { phrase: Phrase; caseId: string }) {
  const address = evidenceAddress(caseId, phrase.eventIds);
  const text = sentence(phrase.text);
  if (address === null) return <bdi>{text}</bdi>;
  return (
    <a href={address}>
      <bdi>{text}</bdi>
    </a>
  );
}

const leads: Readonly<Record<AgendaItem["lead"], string>> = {
  csm: "you lead",
  contact: "they lead",
  sponsor: "the sponsor leads",
};

function AgendaCard({ card }: { card: ScheduleCard }) {
  const { agenda } = card;
  const items = agenda?.items ?? [];
  const minutes = items.reduce((sum, item) => sum + item.minutes, 0);
  return (
    <Card title="Suggested agenda" aside={items.length === 0 ? undefined : count(minutes, "minute")}>
      {items.length === 0 ? (
        <p className="soft">
          {agenda?.emptyReason == null
            ? "There is none before the program has begun."
            : sentence(agenda.emptyReason)}
        </p>
      ) : (
        <ol className="agenda">
          {items.map((item) => (
            <li key={`${item.kind} ${item.text}`}>
              <p>
                <Evidence phrase={item} caseId={card.caseId} />
              </p>
              <p className="small soft">
                {item.minutes} min, {leads[item.lead]}. {sentence(item.why)}
              </p>
            </li>
          ))}
        </ol>
      )}
      {agenda === null || agenda.byMail.length === 0 ? null : (
        <p className="small soft">
          {count(agenda.byMail.length, "point")} more by mail:{" "}
          {agenda.byMail.map(({ text }) => text).join("; ")}
        </p>
      )}
    </Card>
  );
}

function Gates({ card }: { card: ScheduleCard }) {
  const gates = card.readiness?.gates ?? [];
  if (gates.length === 0) return null;
  const met = gates.filter(({ passed }) => passed).length;
  return (
    <Card title="What “ready” asks" aside={`${met} of ${gates.length} met`}>
      <ul className="plain gates">
        {gates.map((gate) => (
          <li key={gate.id} className={gate.passed ? "met" : "open"}>
            <Icon name={gate.passed ? "check" : "clock"} />
            <span>
              <span className="sr">{gate.passed ? "Met: " : "Not yet: "}</span>
              {sentence(gate.text)}
            </span>
          </li>
        ))}
      </ul>
      <p className="small">
        <a href={`/cases/${card.caseId}/evidence`}>All evidence in the case</a>
      </p>
    </Card>
  );
}

function sentence(text: string): string {
  const first = text.slice(0, 1).toUpperCase() + text.slice(1);
  return /[.!?…”"]$/.test(first) ? first : `${first}.`;
}
