import { Column, Row, Section, Text } from "@react-email/components";
import type { Agenda, Component, Phrase, Readiness, Verdict } from "../../src/domain/readiness/readiness.ts";
import { Act, ink, Label, Say, Shell, Title } from "./shell.tsx";

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

const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  unreachable: "cannot be reached",
  at_risk: "at risk",
  ready: "ready for a meeting",
  not_started: "not started",
  stalled: "stalled",
  on_track: "on track",
  warming: "warming up",
};

const COMPONENT_WORDS: Readonly<Record<Component["id"], string>> = {
  knowledge: "Knows the material",
  tasks: "Tasks done",
  priorities: "Own priorities",
  questions: "Questions asked",
  reciprocity: "Gives something back",
  visits: "Page visits",
};

export function signalSubject(facts: ReadinessSignalFacts): string {
  return `${facts.contactName} (${facts.accountName}) is ${VERDICT_WORDS[facts.readiness.verdict]}`;
}

/** To the CSM when the verdict changes: what it is, why, what was ignored, what to do next (domain.md D7, D8). */
export function ReadinessSignal(facts: ReadinessSignalFacts) {
  const { readiness, agenda } = facts;
  const { explanation } = readiness;
  return (
    <Shell
      title={signalSubject(facts)}
      preview={explanation.nextAction}
      footer="You get this because you look after this account. It is sent once for each change of verdict. Opens and machine clicks never count."
    >
      <Label>
        {facts.before
          ? `Was ${VERDICT_WORDS[facts.before]}, is ${VERDICT_WORDS[readiness.verdict]}`
          : "First verdict"}
      </Label>
      <Title>{signalSubject(facts)}</Title>
      <Say>{explanation.headline}</Say>
      <Phrases label="Done" phrases={explanation.done} />
      <Phrases label="Missing for ready" phrases={explanation.missing} />
      <Label>How the score is made</Label>
      <Section>
        {readiness.components.map((component) => (
          <Bar key={component.id} component={component} />
        ))}
      </Section>
      <Say quiet>
        {[explanation.lastAct?.text, explanation.expected, explanation.notCounted?.text]
          .filter(Boolean)
          .join(" ")}
      </Say>
      <Label>Do next</Label>
      <Say>{explanation.nextAction}</Say>
      <AgendaPart agenda={agenda} />
      <Act href={facts.caseUrl}>Open the case room</Act>
    </Shell>
  );
}

function Phrases(props: { label: string; phrases: readonly Phrase[] }) {
  if (props.phrases.length === 0) return null;
  return (
    <>
      <Label>{props.label}</Label>
      {props.phrases.map((phrase) => (
        <Text
          key={phrase.text}
          className="item"
          style={{ fontSize: "15px", lineHeight: "23px", color: ink.text, margin: "0 0 4px" }}
        >
          • {phrase.text}
        </Text>
      ))}
    </>
  );
}

/** Words and numbers first; the bar repeats them, so nothing depends on colour or on pictures. */
function Bar(props: { component: Component }) {
  const { id, raw, points, weight } = props.component;
  const full = Math.max(0, Math.min(100, Math.round(raw)));
  const most = Math.round(weight * 100);
  return (
    <Row className="line" style={{ marginBottom: "6px" }}>
      <Column style={{ width: "40%", fontSize: "14px", lineHeight: "20px", color: ink.text }}>
        {COMPONENT_WORDS[id]}
      </Column>
      <Column style={{ width: "38%" }}>
        <table
          role="presentation"
          aria-hidden="true"
          width="100%"
          cellPadding={0}
          cellSpacing={0}
          style={{ borderCollapse: "collapse" }}
        >
          <tbody>
            <tr>
              {full > 0 && (
                <td
                  className="bar"
                  width={`${full}%`}
                  style={{ backgroundColor: ink.green, height: "8px", fontSize: 0, lineHeight: 0 }}
                >
                  {"\u00a0"}
                </td>
              )}
              {full < 100 && (
                <td
                  className="track"
                  width={`${100 - full}%`}
                  style={{ backgroundColor: ink.line, height: "8px", fontSize: 0, lineHeight: 0 }}
                >
                  {"\u00a0"}
                </td>
              )}
            </tr>
          </tbody>
        </table>
      </Column>
      <Column
        className="quiet"
        style={{ width: "22%", fontSize: "14px", lineHeight: "20px", color: ink.quiet, textAlign: "right" }}
      >
        {`${points.toFixed(1)} of ${most}`}
      </Column>
    </Row>
  );
}

function AgendaPart(props: { agenda: Agenda }) {
  const { items, byMail, emptyReason } = props.agenda;
  if (items.length === 0) {
    return emptyReason ? (
      <>
        <Label>Agenda</Label>
        <Say>{emptyReason}</Say>
      </>
    ) : null;
  }
  const total = items.reduce((sum, item) => sum + item.minutes, 0);
  return (
    <>
      <Label>{`Suggested agenda, ${total} minutes`}</Label>
      {items.map((item) => (
        <Row key={item.text} className="line" style={{ marginBottom: "8px" }}>
          <Column
            className="quiet"
            style={{
              width: "56px",
              fontSize: "14px",
              lineHeight: "22px",
              color: ink.quiet,
              verticalAlign: "top",
            }}
          >
            {`${item.minutes} min`}
          </Column>
          <Column style={{ fontSize: "15px", lineHeight: "22px", color: ink.text }}>
            {item.text}
            <br />
            <span className="quiet" style={{ fontSize: "13px", color: ink.quiet }}>
              {item.why}
            </span>
          </Column>
        </Row>
      ))}
      {byMail.length > 0 && (
        <Say quiet>{`Better by mail: ${byMail.map((item) => item.text).join("; ")}.`}</Say>
      )}
    </>
  );
}
