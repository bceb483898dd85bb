import { Column, Row } from "@react-email/components";
import type { Agenda, Component, Readiness, Verdict } from "../../src/domain/readiness/readiness.ts";
import { LIGHT } from "../palette.ts";
import { Label, Panel, Part, Say, Shell, Title, type } from "./shell.tsx";

export interface ReadinessSignalFacts {
  readonly csmFirstName: string;
  readonly contactName: string;
  readonly accountName: string;
  readonly readiness: Readiness;
  /** null for the first verdict. */
  readonly before: Verdict | null;
  readonly agenda: Agenda;
  /** Absolute address of the case room. */
  readonly caseUrl: string;
}

/** "Imani …" */
const NOW: Readonly<Record<Verdict, string>> = {
  unreachable: "cannot be reached",
  at_risk: "is at risk",
  ready: "is ready for a meeting",
  not_started: "has not started",
  stalled: "has stalled",
  on_track: "is on track",
  warming: "is warming up",
};

const BEFORE: Readonly<Record<Verdict, string>> = {
  unreachable: "could not be reached before",
  at_risk: "was at risk before",
  ready: "was ready for a meeting before",
  not_started: "had not started before",
  stalled: "had stalled before",
  on_track: "was on track before",
  warming: "was warming up before",
};

const EVIDENCE_WORDS = { high: "solid evidence", medium: "fair evidence", low: "thin evidence" } as const;

const COMPONENT_WORDS: Readonly<Record<Component["id"], string>> = {
  knowledge: "Knows the material",
  tasks: "Tasks done",
  priorities: "Own priorities",
  questions: "Questions asked",
  reciprocity: "Gives something back",
  visits: "Page visits",
};

export function signalSubject(facts: ReadinessSignalFacts): string {
  return `${facts.contactName} (${facts.accountName}) ${NOW[facts.readiness.verdict]}`;
}

/** To the CSM when the verdict changes: what it is, why, what was ignored, what to do next (domain.md D7, D8). */
export function ReadinessSignal(facts: ReadinessSignalFacts) {
  const { readiness, agenda } = facts;
  const { explanation } = readiness;
  const next = sentence(explanation.nextAction);
  return (
    <Shell
      title={signalSubject(facts)}
      preview={`${Math.round(readiness.score)} of 100. ${next}`}
      from={{ name: "Baton", line: "Readiness signal" }}
      aside={`Day ${readiness.activeDay}`}
      footer="You get this because you look after this account. It is sent once for each change of verdict. Opens and clicks of machines never count."
    >
      <Title>{`${facts.contactName} ${NOW[readiness.verdict]}`}</Title>
      <Say quiet>{`${facts.accountName} · ${facts.before ? BEFORE[facts.before] : "the first verdict"}`}</Say>
      <Score readiness={readiness} />
      <Explained readiness={readiness} />
      <Panel label="Do next" says={next} href={facts.caseUrl} button="Open the case room" />
      <AgendaPart agenda={agenda} />
      <Part>
        <Label>How the score is made</Label>
        {readiness.components.map((component) => (
          <ComponentBar key={component.id} component={component} />
        ))}
      </Part>
      <Part>
        <Label>Not counted</Label>
        <Say>{explanation.notCounted ? sentence(explanation.notCounted.text) : "Nothing was left out."}</Say>
      </Part>
    </Shell>
  );
}

/** The number first; the bar under it says the same, so nothing depends on colour or on pictures. */
function Score({ readiness }: { readiness: Readiness }) {
  const score = Math.round(readiness.score);
  const facts = [
    EVIDENCE_WORDS[readiness.confidence],
    ...(readiness.paused ? ["paused"] : []),
    ...(readiness.explanation.expected
      ? [readiness.explanation.expected.replace(/^E/, "e").replace(/\.$/, "")]
      : []),
  ];
  return (
    <>
      <Row className="score" style={{ marginTop: "14px" }}>
        <Column
          className="ink"
          style={{ ...type(40, 44), fontWeight: 600, whiteSpace: "nowrap", width: "1%" }}
        >
          {score}
        </Column>
        <Column
          className="soft"
          style={{
            ...type(15, 21, "soft"),
            paddingLeft: "10px",
            verticalAlign: "bottom",
            paddingBottom: "5px",
          }}
        >
          {`of 100 · ${facts.join(" · ")}`}
        </Column>
      </Row>
      <Bar percent={score} height={8} style={{ margin: "10px 0 20px" }} />
    </>
  );
}

/** Domain.md D7 as one paragraph: what was done, why this verdict, what is missing, when they last acted. */
function Explained({ readiness }: { readiness: Readiness }) {
  const { done, missing, lastAct } = readiness.explanation;
  const told = done.length === 0 ? "Nothing done yet." : `They have ${listed(done.map(({ text }) => text))}.`;
  return (
    <>
      <Say>
        {told}
        {missing.length === 0 ? null : (
          <>
            {" "}
            <strong>Missing for ready:</strong> {missing.map(({ text }) => text).join("; ")}.
          </>
        )}{" "}
        {lastAct === null
          ? "No act of their own so far."
          : `Last own act: ${lastAct.text.replace(/\.$/, "")}.`}
      </Say>
      {readiness.verdictReason === "" ? null : <Say quiet>{`Why: ${sentence(readiness.verdictReason)}`}</Say>}
    </>
  );
}

function ComponentBar(props: { component: Component }) {
  const { id, raw, points, weight } = props.component;
  return (
    <>
      <Row className="figure" style={{ marginTop: "10px" }}>
        <Column className="ink" style={type(15, 21)}>
          {COMPONENT_WORDS[id]}
        </Column>
        <Column
          className="soft"
          align="right"
          style={{ ...type(15, 21, "soft"), whiteSpace: "nowrap", paddingLeft: "12px" }}
        >
          {`${points.toFixed(1)} of ${Math.round(weight * 100)}`}
        </Column>
      </Row>
      <Bar percent={Math.round(raw)} height={6} style={{ margin: "4px 0 0" }} />
    </>
  );
}

/** Drawn with cells; hidden from who listens, as the number beside it is read out already. */
function Bar(props: { percent: number; height: number; style: { margin: string } }) {
  const full = Math.max(0, Math.min(100, props.percent));
  const cell = { height: `${props.height}px`, fontSize: 0, lineHeight: 0, borderRadius: "3px" };
  return (
    <Row aria-hidden="true" style={{ ...props.style, borderCollapse: "separate" }}>
      {full > 0 && (
        <Column
          className="on"
          width={`${full}%`}
          style={{ ...cell, width: `${full}%`, backgroundColor: LIGHT.accent }}
        />
      )}
      {full < 100 && (
        <Column
          className="off"
          width={`${100 - full}%`}
          style={{ ...cell, width: `${100 - full}%`, backgroundColor: LIGHT.line }}
        />
      )}
    </Row>
  );
}

function AgendaPart(props: { agenda: Agenda }) {
  const { items, byMail, emptyReason } = props.agenda;
  if (items.length === 0) {
    return emptyReason ? (
      <Part afterPanel>
        <Label>Suggested agenda</Label>
        <Say>{emptyReason}</Say>
      </Part>
    ) : null;
  }
  const total = items.reduce((sum, item) => sum + item.minutes, 0);
  return (
    <Part afterPanel>
      <Label>{`Suggested agenda · ${total} minutes`}</Label>
      {items.map((item) => (
        <Row key={item.kind + item.text} className="line" style={{ marginTop: "8px" }}>
          <Column
            className="soft"
            style={{ ...type(15, 22, "soft"), width: "64px", whiteSpace: "nowrap", verticalAlign: "top" }}
          >
            {`${item.minutes} min`}
          </Column>
          <Column className="ink" style={{ ...type(16, 22), verticalAlign: "top" }}>
            {item.text}
            <br />
            <span className="soft" style={{ fontSize: "15px", color: LIGHT.soft }}>
              {item.why}
            </span>
          </Column>
        </Row>
      ))}
      {byMail.length > 0 && (
        <div style={{ marginTop: "12px" }}>
          <Say quiet>{`Better by mail: ${byMail.map((item) => item.text).join("; ")}.`}</Say>
        </div>
      )}
    </Part>
  );
}

/** "a, b and c". */
function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

/** A phrase of the explanation as a sentence of its own. */
function sentence(phrase: string): string {
  const words = phrase.charAt(0).toUpperCase() + phrase.slice(1);
  return /[.!?]$/.test(words) ? words : `${words}.`;
}
