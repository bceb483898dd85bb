import { ESCALATION_WORDS, wordCount } from "../../../domain/turnover/escalation.ts";
import type { Escalation } from "../../../drivers/store/generated/client.ts";
import type { EscalationCase } from "../../../operations/escalation-case.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { AppForm, AppPage, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { TextArea, TextField } from "../ui/field.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Time } from "../ui/time.tsx";
import { dateWords, plain } from "../words.ts";

export interface EscalatePageProps {
  viewer: Viewer;
  found: EscalationCase;
  /** Why nothing can go now; null when it can. */
  blocked: Refusal | null;
  /** What was typed and refused, or taken for a look; else the draft's own words are shown. */
  typed: { subject: string; body: string } | null;
  problem: Refusal | null;
  said: string | null;
}

/** Facts and one ask for the sponsor: read, changed, seen as the mail it will be, approved (domain.md D9). */
export function caseEscalatePage(props: EscalatePageProps) {
  const { viewer, found, blocked, said } = props;
  const { turnover, sponsor, causes, draft } = found;
  return (
    <AppPage viewer={viewer} title={`Escalate at ${turnover.account.name}`} styles={["case-room"]}>
      <PageHead
        title="Escalate to the sponsor"
        crumbs={[
          { href: "/cases", name: "Cases" },
          { href: `/cases/${turnover.id}`, name: turnover.account.name },
        ]}
        meta={
          sponsor === null ? undefined : (
            <span className="soft">
              To <bdi>{sponsor.name}</bdi>
              {sponsor.email === null ? "" : `, ${sponsor.email}`}
            </span>
          )
        }
      />
      <Said said={said} />
      {causes.length === 0 ? null : (
        <Card title="Why now">
          <ul>
            {causes.map(({ cause, why }) => (
              <li key={cause}>{why}</li>
            ))}
          </ul>
        </Card>
      )}
      {blocked === null ? null : (
        <Notice tone="warned" title={blockedWords(found, blocked)}>
          {blocked.remedy}
        </Notice>
      )}
      {draft === null ? blocked === null ? <Start {...props} /> : null : <Draft {...props} draft={draft} />}
      <Past {...props} />
    </AppPage>
  );
}

function blockedWords(found: EscalationCase, blocked: Refusal): string {
  return found.cooldownUntil !== null && blocked.code === "cooldown"
    ? `The last brief went less than ten business days ago. Another may go from ${dateWords(found.cooldownUntil)} on.`
    : blocked.message;
}

function Start({ viewer, found }: EscalatePageProps) {
  return (
    <Card title="Write a brief">
      <p>
        Facts of the case and exactly one ask, at most {ESCALATION_WORDS} words. Only counts and names are in
        it: never checks, questions or the score of{" "}
        {found.contact === null ? "the contact" : <bdi>{found.contact.firstName}</bdi>}. You read and change
        it before anything goes.
      </p>
      <AppForm viewer={viewer} action={`/cases/${found.turnover.id}/escalate`}>
        <button name="do" value="draft" type="submit">
          Write a draft
        </button>
      </AppForm>
    </Card>
  );
}

function Draft({ viewer, found, blocked, typed, problem, draft }: EscalatePageProps & { draft: Escalation }) {
  const words = typed ?? draft;
  const at = (place: string) =>
    problem?.place === place ? `${problem.message} ${problem.remedy}` : undefined;
  const action = `/cases/${found.turnover.id}/escalate`;
  return (
    <>
      {problem === null || ["subject", "body"].includes(problem.place) ? null : (
        <Notice tone="refused" title={problem.message}>
          {problem.remedy}
        </Notice>
      )}
      <div className="cols even">
        <Card title="Your words" aside={`${wordCount(words.body)} of ${ESCALATION_WORDS} words`}>
          <AppForm viewer={viewer} action={action}>
            <input type="hidden" name="escalation" value={draft.id} />
            <TextField
              id="subject"
              label="Subject"
              defaultValue={words.subject}
              required
              maxLength={200}
              complaint={at("subject")}
            />
            <TextArea
              id="body"
              label="Mail"
              hint="Lines that begin with - become a list."
              rows={16}
              defaultValue={words.body}
              required
              maxLength={4000}
              complaint={at("body")}
            />
            <div className="buttons">
              <button className="quiet" name="do" value="look" type="submit">
                Keep and see the mail
              </button>
              {blocked === null ? (
                <button name="do" value="approve" type="submit">
                  Approve and send
                </button>
              ) : null}
            </div>
          </AppForm>
        </Card>
        <Card title="As it will arrive" aside={found.csm === null ? undefined : `from ${found.csm.name}`}>
          <iframe
            className="brief"
            title="The mail as it will arrive"
            src={`/escalations/${draft.id}/html`}
            sandbox=""
          />
        </Card>
      </div>
      <Card>
        <details className="fold" open={problem?.place === "reason"}>
          <summary>Leave the sponsor out of it</summary>
          <AppForm viewer={viewer} action={action}>
            <input type="hidden" name="escalation" value={draft.id} />
            <TextField id="reason" label="Why" required maxLength={1000} complaint={at("reason")} />
            <button className="quiet small" name="do" value="dismiss" type="submit">
              Dismiss the draft
            </button>
          </AppForm>
        </details>
      </Card>
    </>
  );
}

function Past({ viewer, found }: EscalatePageProps) {
  const past = found.escalations.filter(({ status }) => status !== "draft");
  if (past.length === 0) return null;
  return (
    <Card title="Before">
      <ul className="log plain-log">
        {past.map((one) => (
          <li key={one.id}>
            {one.decidedAt === null ? null : <Time at={one.decidedAt} zone={viewer.zone} />}
            <span>
              {one.subject}
              <span className="hint">
                {one.status === "approved" ? "Approved" : plain(one.status)}
                {one.reason === null ? "" : `: ${one.reason}`}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
