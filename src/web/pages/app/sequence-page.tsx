import type { Problem } from "../../../domain/sequences/problem.ts";
import type { Sequence } from "../../../domain/sequences/sequence.ts";
import { type StepFacts, stepFacts } from "../../../domain/sequences/step-facts.ts";
import type { SequenceDraft, SequenceVersion } from "../../../drivers/store/generated/client.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextField } from "../ui/field.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tag } from "../ui/tag.tsx";
import { count, dateWords, plain } from "../words.ts";
import { LintTag, ProblemList, SequenceTabs, subjectWords } from "./studio-parts.tsx";

export interface SequencePageProps {
  viewer: Viewer;
  version: SequenceVersion;
  sequence: Sequence;
  /** The version new enrollments get. */
  current: number;
  people: number;
  problems: readonly Problem[];
  draft: SequenceDraft | null;
  said: string | null;
  /** Why a clone was refused, with what was typed. */
  clone?: { key: string; name: string; complaint: string };
}

/** One program as its people get it: every step in order with its day, what it waits for and what it holds. */
export function sequencePage(props: SequencePageProps) {
  const { viewer, version, sequence, current, problems, said } = props;
  const at = `/studio/${version.key}`;
  const older = version.version === current ? "" : `?version=${version.version}`;
  return (
    <AppPage viewer={viewer} title={sequence.name} styles={["studio"]}>
      <PageHead
        title={sequence.name}
        crumbs={[{ href: "/studio", name: "Studio" }]}
        meta={
          <>
            <Tag>{plain(sequence.audience)}</Tag>
            <Tag tone={older === "" ? "good" : "warn"}>
              Version {version.version}
              {older === "" ? ", in use" : ", not in use any more"}
            </Tag>
            <LintTag problems={problems} />
          </>
        }
        actions={<Edit {...props} />}
      />
      <Said said={said} />
      {older === "" ? null : (
        <Notice tone="informed">
          This is an older version. <a href={at}>Version {current}</a> is what new people get.
        </Notice>
      )}
      <SequenceTabs name={sequence.name} at={at} here="Program" />
      <div className="studio-cols">
        <Card title="Steps" aside={count(sequence.steps.length, "step")}>
          <Program
            facts={stepFacts(sequence)}
            sequence={sequence}
            at={at}
            query={older}
            problems={problems}
          />
        </Card>
        <div>
          <About {...props} />
          <Card title="Lint" id="lint">
            <ProblemList problems={problems} lineHref={(line) => `${at}/source${older}#L${line}`} />
          </Card>
          <Clone {...props} />
        </div>
      </div>
    </AppPage>
  );
}

function Edit({ viewer, version, draft }: SequencePageProps) {
  if (draft !== null)
    return (
      <a className="button" href={`/studio/drafts/${draft.id}`}>
        Open the draft
      </a>
    );
  if (!viewerMay(viewer, "write-sequences")) return null;
  return (
    <AppForm viewer={viewer} action={`/studio/${version.key}/draft`}>
      <input type="hidden" name="version" value={version.version} />
      <button type="submit">Edit as a draft</button>
    </AppForm>
  );
}

function About({ version, sequence, people }: SequencePageProps) {
  const applies = sequence.appliesTo;
  return (
    <Card title="About">
      <p>{sequence.description}</p>
      <dl className="facts small">
        <dt>Goal</dt>
        <dd>{sequence.goal}</dd>
        <dt>Length</dt>
        <dd>
          {count(sequence.lengthDays, "active day")}
          {sequence.targetDaysToReady === undefined ? "" : `, ready by day ${sequence.targetDaysToReady}`}
        </dd>
        <dt>Rhythm</dt>
        <dd>
          {sequence.cadence}, at {sequence.sendAt} in the reader’s zone
        </dd>
        <dt>Gates hold</dt>
        <dd>{sequence.hold}</dd>
        {applies === undefined ? null : (
          <>
            <dt>Chosen for</dt>
            <dd>
              {[...applies.replacement, ...applies.segments, ...applies.products].map(plain).join(", ")}
            </dd>
          </>
        )}
        <dt>Sponsor</dt>
        <dd>
          {sequence.sponsorSequence === undefined ? (
            (sequence.noSponsorReason ?? "Steps of its own")
          ) : (
            <a href={`/studio/${sequence.sponsorSequence}`}>{sequence.sponsorSequence}</a>
          )}
        </dd>
        <dt>People on it</dt>
        <dd>
          <a href={`/studio/${version.key}/people`}>{count(people, "person", "people")}</a>
        </dd>
        <dt>Published</dt>
        <dd>
          {dateWords(version.publishedAt)}
          {version.reason === null ? "" : `: ${version.reason}`}
        </dd>
      </dl>
    </Card>
  );
}

/** The program as a line of steps. What branches or is left out is said in words at its step. */
export function Program(props: {
  facts: readonly StepFacts[];
  sequence: Sequence;
  at: string;
  query: string;
  problems: readonly Problem[];
}) {
  const { facts, sequence, at, query, problems } = props;
  return (
    <ol className="program">
      {facts.map((step) => (
        <li key={step.key} className={step.recipient === sequence.audience ? undefined : "beside"}>
          <span className="day">
            Day <b>{step.day}</b>
          </span>
          <div>
            <p>
              {step.recipient === "csm" ? (
                <strong>{subjectWords(step.subject)}</strong>
              ) : (
                <a href={`${at}/steps/${step.key}${query}`}>
                  <strong>{subjectWords(step.subject)}</strong>
                </a>
              )}
            </p>
            <p className="tags small">
              {step.kind === "mail" ? null : <Tag>{plain(step.kind)}</Tag>}
              {step.recipient === sequence.audience || step.recipient === "csm" ? null : (
                <Tag tone="info">To the {step.recipient}</Tag>
              )}
              {step.policy === "standard" ? null : (
                <Tag>{step.policy === "light" ? "Also in Light" : "Only in Full"}</Tag>
              )}
              {step.must ? <Tag>Goes even when a meeting is booked</Tag> : null}
              {step.hasVariantB ? <Tag>Has a variant B</Tag> : null}
              <StepProblems problems={problems} index={step.position - 1} />
            </p>
            <p className="small soft">
              {step.holds === "" ? "Words only" : step.holds}
              {step.minutes === 0 ? "" : `, about ${count(step.minutes, "minute")}`}
              {step.byCadence ? `, ${sequence.cadence} after the step before` : ""}
            </p>
            <Rules step={step} />
          </div>
        </li>
      ))}
    </ol>
  );
}

function Rules({ step }: { step: StepFacts }) {
  if (step.gate === null && step.leftOutWhen.length === 0 && step.branches.length === 0) return null;
  return (
    <ul className="rules small">
      {step.gate === null ? null : (
        <li>
          <Icon name="clock" /> Waits for {step.gate}
        </li>
      )}
      {step.leftOutWhen.length === 0 ? null : (
        <li>
          <Icon name="flag" /> Left out when {step.leftOutWhen.join(", or ")}
        </li>
      )}
      {step.branches.map(({ when, goTo }) => (
        <li key={goTo + when}>
          <Icon name="arrow" /> If {when}: on to {goTo}
        </li>
      ))}
    </ul>
  );
}

function StepProblems({ problems, index }: { problems: readonly Problem[]; index: number }) {
  const here = problems.filter(
    ({ path }) => path === `steps[${index}]` || path.startsWith(`steps[${index}].`),
  );
  return here.length === 0 ? null : (
    <a href="#lint">
      <LintTag problems={here} />
    </a>
  );
}

function Clone({ viewer, version, sequence, clone }: SequencePageProps) {
  if (!viewerMay(viewer, "write-sequences")) return null;
  return (
    <details className="card" open={clone !== undefined}>
      <summary>Clone it under a key of its own</summary>
      <p className="small soft">
        For another segment or product. The copy is a draft, marked as written for people who take over an
        account with a history; it is chosen for nobody until it is published.
      </p>
      <AppForm viewer={viewer} action={`/studio/${version.key}/clone`}>
        <input type="hidden" name="version" value={version.version} />
        <TextField
          id="clone-key"
          name="key"
          label="Key"
          hint={`Lower-case words joined by hyphens, like ${version.key}-retail`}
          required
          maxLength={60}
          pattern="[a-z0-9]+(-[a-z0-9]+)*"
          defaultValue={clone?.key}
          complaint={clone?.complaint}
        />
        <TextField
          id="clone-name"
          name="name"
          label="Name"
          required
          maxLength={120}
          defaultValue={clone?.name ?? `${sequence.name}, `}
        />
        <button className="quiet" type="submit">
          Start the clone
        </button>
      </AppForm>
    </details>
  );
}
