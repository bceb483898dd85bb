import type { Problem } from "../../../domain/sequences/problem.ts";
import type { Sequence } from "../../../domain/sequences/sequence.ts";
import { stepFacts } from "../../../domain/sequences/step-facts.ts";
import type { VersionDiff } from "../../../domain/sequences/version-diff.ts";
import type { SequenceDraft } from "../../../drivers/store/generated/client.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextArea } from "../ui/field.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Tag } from "../ui/tag.tsx";
import { Time } from "../ui/time.tsx";
import { Program } from "./sequence-page.tsx";
import { DiffView, LintTag, ProblemList, SourceDiff, SourceView } from "./studio-parts.tsx";

export interface DraftPageProps {
  viewer: Viewer;
  draft: SequenceDraft;
  author: string;
  sequence: Sequence | null;
  problems: readonly Problem[];
  /** Against the version in use; null when there is none, or the text cannot be read. */
  compared: { version: number; diff: VersionDiff; patch: string } | null;
  /** The version in use; null for a new sequence. */
  current: number | null;
  said: string | null;
  complaint?: { place: string; message: string; remedy: string };
  /** What the person typed and could not save, because somebody else had saved meanwhile. */
  unsaved?: { source: string; note: string };
}

export function studioDraftPage(props: DraftPageProps) {
  const { viewer, draft, author, problems, said, complaint } = props;
  const writes = draft.status === "draft" && viewerMay(viewer, "write-sequences");
  return (
    <AppPage
      viewer={viewer}
      title={`Draft of ${draft.key}`}
      styles={["studio"]}
      scripts={writes ? ["studio-editor"] : []}
    >
      <PageHead
        title={`Draft of ${draft.key}`}
        crumbs={[
          { href: "/studio", name: "Studio" },
          ...(props.current === null ? [] : [{ href: `/studio/${draft.key}`, name: draft.key }]),
        ]}
        meta={
          <>
            <State draft={draft} />
            <LintTag problems={problems} />
            <span className="small soft">
              <bdi>{author}</bdi>, <Time at={draft.updatedAt} zone={viewer.zone} />
            </span>
          </>
        }
      />
      <Said said={said} />
      {complaint === undefined ? null : (
        <Notice tone="refused" title={complaint.message}>
          {complaint.remedy}
        </Notice>
      )}
      {draft.status === "draft" && draft.comment !== null ? (
        <Notice tone="warned" title="Sent back:">
          {draft.comment}
        </Notice>
      ) : null}
      <Stale {...props} />
      {writes ? <Editor {...props} /> : <Reading {...props} />}
    </AppPage>
  );
}

function State({ draft }: { draft: SequenceDraft }) {
  switch (draft.status) {
    case "submitted":
      return <Tag tone="info">Waits for an approver</Tag>;
    case "published":
      return <Tag tone="good">Published</Tag>;
    case "discarded":
      return <Tag>Put away</Tag>;
    default:
      return <Tag>Being written</Tag>;
  }
}

function Stale({ draft, current }: DraftPageProps) {
  const isOpen = draft.status === "draft" || draft.status === "submitted";
  if (!isOpen || draft.baseVersion === null || current === null || draft.baseVersion === current) return null;
  return (
    <Notice tone="warned" title={`Version ${current} was published after this draft began.`}>
      It began from version {draft.baseVersion}. What is shown as changed is measured against version{" "}
      {current}: look that nothing of it gets lost.
    </Notice>
  );
}

function Editor(props: DraftPageProps) {
  const { viewer, draft, problems, unsaved, complaint } = props;
  const at = `/studio/drafts/${draft.id}`;
  return (
    <>
      {unsaved === undefined ? null : (
        <Card title="What is saved now" tone="warned" id="theirs">
          <p>Somebody else’s text. Yours stands in the editor below; saving it replaces this one.</p>
          <details>
            <summary>Show their text</summary>
            <pre>{draft.source}</pre>
          </details>
        </Card>
      )}
      <div className="studio-edit">
        <AppForm viewer={viewer} action={`${at}/save`} className="card">
          <input type="hidden" name="revision" value={draft.revision} />
          <div className="field editor" data-check={`${at}/check`} data-preview={`${at}/preview`}>
            <label htmlFor="source">{draft.key}.yaml</label>
            <textarea
              id="source"
              name="source"
              spellCheck={false}
              autoComplete="off"
              autoCapitalize="off"
              wrap="off"
              rows={24}
              aria-describedby="source-hint"
              defaultValue={unsaved?.source ?? draft.source}
            />
            <span className="hint" id="source-hint">
              Saving keeps the text even while it is wrong. The Tab key leaves the field.
            </span>
          </div>
          <TextArea
            id="note"
            label="What changes, and why"
            hint="The approver reads this first; it stays with the version."
            rows={2}
            maxLength={500}
            defaultValue={unsaved?.note ?? draft.note}
            complaint={complaint?.place === "note" ? complaint.message : undefined}
          />
          <div className="buttons">
            <button type="submit">Save</button>
            <button type="submit" className="quiet" name="then" value="submit">
              Save and submit
            </button>
            <button type="submit" className="quiet" name="then" value="look">
              Save and see what changes
            </button>
          </div>
        </AppForm>
        <div className="studio-side">
          <Card title="Lint" id="lint">
            <div id="lint-result" aria-live="polite">
              <ProblemList problems={problems} lineHref={(line) => `${at}/source#L${line}`} />
            </div>
          </Card>
          <section className="card" id="live" hidden>
            <h2>The step you are in</h2>
            <p className="small soft" id="live-words" />
            <div id="live-frame" />
          </section>
        </div>
      </div>
      <AppForm viewer={viewer} action={`${at}/discard`} className="card">
        <input type="hidden" name="revision" value={draft.revision} />
        <button type="submit" className="danger small">
          Put this draft away
        </button>
        <p className="small soft">It is closed for good; another draft can be started at any time.</p>
      </AppForm>
    </>
  );
}

function Steps({ draft, sequence, problems }: DraftPageProps) {
  if (sequence === null) return null;
  return (
    <details className="card" open>
      <summary>The program as it would be, each mail to look at</summary>
      <Program
        facts={stepFacts(sequence)}
        sequence={sequence}
        at={`/studio/drafts/${draft.id}`}
        query=""
        problems={problems}
      />
    </details>
  );
}

/** What an approver decides by, and what everybody else may read. */
function Reading(props: DraftPageProps) {
  const { viewer, draft, problems } = props;
  const at = `/studio/drafts/${draft.id}`;
  const isOpen = draft.status === "submitted";
  return (
    <>
      {draft.note === "" ? null : (
        <Card title="In the author’s words">
          <p>{draft.note}</p>
        </Card>
      )}
      <Changed {...props} />
      <Card title="Lint" id="lint">
        <ProblemList problems={problems} lineHref={(line) => `${at}/source#L${line}`} />
      </Card>
      <Steps {...props} />
      {isOpen && viewerMay(viewer, "publish-sequences") ? <Decide {...props} /> : null}
      {isOpen && viewerMay(viewer, "write-sequences") ? (
        <AppForm viewer={viewer} action={`${at}/take-back`} className="card">
          <input type="hidden" name="revision" value={draft.revision} />
          <button type="submit" className="quiet small">
            Take it back to edit
          </button>
        </AppForm>
      ) : null}
    </>
  );
}

function Changed({ compared, sequence }: DraftPageProps) {
  if (compared === null)
    return (
      <Card title="What changes">
        <p className="soft">
          {sequence === null
            ? "The text cannot be read yet; the lint says why."
            : "A new program: nothing to compare it with."}
        </p>
      </Card>
    );
  return (
    <>
      <Card title={`What changes against version ${compared.version}`} id="changes">
        <DiffView diff={compared.diff} />
      </Card>
      <SourceDiff patch={compared.patch} />
    </>
  );
}

function Decide(props: DraftPageProps) {
  const { viewer, draft, problems, current, sequence, complaint } = props;
  const at = `/studio/drafts/${draft.id}`;
  const refused = problems.some(({ severity }) => severity === "error");
  return (
    <div className="cols two">
      <AppForm viewer={viewer} action={`${at}/publish`} className="card next">
        <h2>Publish</h2>
        <input type="hidden" name="revision" value={draft.revision} />
        <input type="hidden" name="against" value={current ?? ""} />
        <p>New people get it from then on. Those under way stay on their version until you move them.</p>
        {sequence?.noSponsorReason === undefined ? null : (
          <p>
            <strong>Nothing goes to the sponsor.</strong> The reason that is recorded:{" "}
            {sequence.noSponsorReason}
          </p>
        )}
        {refused ? <p className="complaint">The linter refuses it; send it back.</p> : null}
        <button type="submit" disabled={refused}>
          Publish as version {(current ?? 0) + 1}
        </button>
      </AppForm>
      <AppForm viewer={viewer} action={`${at}/send-back`} className="card">
        <h2>Send it back</h2>
        <input type="hidden" name="revision" value={draft.revision} />
        <TextArea
          id="comment"
          label="What should be different"
          required
          rows={3}
          maxLength={1000}
          complaint={complaint?.place === "comment" ? complaint.message : undefined}
        />
        <button type="submit" className="quiet">
          Send back
        </button>
      </AppForm>
    </div>
  );
}

/** The saved text with line numbers, each line to be linked to. */
export function studioDraftSourcePage(props: {
  viewer: Viewer;
  draft: SequenceDraft;
  problems: readonly Problem[];
}) {
  const { viewer, draft, problems } = props;
  return (
    <AppPage viewer={viewer} title={`Source of the draft of ${draft.key}`} styles={["studio"]}>
      <PageHead
        title={`${draft.key}.yaml`}
        crumbs={[
          { href: "/studio", name: "Studio" },
          { href: `/studio/drafts/${draft.id}`, name: `Draft of ${draft.key}` },
        ]}
        meta={<LintTag problems={problems} />}
      />
      <Card title="As it is saved" className="wide">
        <SourceView source={draft.source} problems={problems} />
      </Card>
    </AppPage>
  );
}

/** What the draft changes, before it is submitted. */
export function studioDraftChangesPage(props: DraftPageProps) {
  const { viewer, draft } = props;
  return (
    <AppPage viewer={viewer} title={`Changes of the draft of ${draft.key}`} styles={["studio"]}>
      <PageHead
        title="What changes"
        crumbs={[
          { href: "/studio", name: "Studio" },
          { href: `/studio/drafts/${draft.id}`, name: `Draft of ${draft.key}` },
        ]}
      />
      <Said said={props.said} />
      <Changed {...props} />
      <Steps {...props} />
    </AppPage>
  );
}
