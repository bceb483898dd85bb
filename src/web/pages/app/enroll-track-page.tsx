import { POLICY_WORDS } from "../../../domain/sequences/choose-policy.ts";
import { POLICIES } from "../../../domain/sequences/sequence.ts";
import type { EnrollStep } from "../../../domain/turnover/enroll-steps.ts";
import type { TrackOffer, TrackOffers } from "../../../operations/enroll-desk.ts";
import { AppForm, type Viewer } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Tag } from "../ui/tag.tsx";
import { count, dayWords } from "../words.ts";
import { Choices } from "./enroll-choices.tsx";
import { complaintAt, EnrollPage, StepButtons, type Typed } from "./enroll-frame.tsx";
import { policyMeans } from "./policy-words.ts";

/** Step 5: the proposed track with its reason, every other one with what differs, the pace and the first day. */
export function enrollTrackPage(props: {
  viewer: Viewer;
  caseId: string;
  open: readonly EnrollStep[];
  accountName: string;
  contactName: string;
  firstName: string;
  zone: string;
  /** YYYY-MM-DD: the earliest first day. */
  today: string;
  tracks: TrackOffers;
  typed: Typed;
}) {
  const { viewer, caseId, open, accountName, contactName, firstName, zone, today, tracks, typed } = props;
  const { values } = typed;
  const { proposedKey, offers } = tracks;
  return (
    <EnrollPage
      viewer={viewer}
      step="track"
      about={<bdi>{accountName}</bdi>}
      title={
        <>
          Which course does <bdi>{contactName}</bdi> get?
        </>
      }
      name={`Which course does ${contactName} get?`}
      caseId={caseId}
      open={open}
      typed={typed}
    >
      {proposedKey === null ? (
        <Notice tone="warned" title="Nothing is proposed.">
          {tracks.why}
        </Notice>
      ) : null}
      <AppForm viewer={viewer} action={`/enroll/${caseId}/track`}>
        <div className="cols two">
          <Card>
            <Choices
              name="track"
              legend="Track"
              required
              chosen={values["track"] ?? proposedKey ?? ""}
              typed={typed}
              className={offers.length > 3 ? "long" : ""}
              options={offers.map((offer) => ({
                value: offer.key,
                label: (
                  <>
                    {offer.name} {offer.proposed ? <Tag tone="good">Proposed</Tag> : null}
                  </>
                ),
                note: <Offer offer={offer} why={tracks.why} zone={zone} />,
              }))}
            />
          </Card>
          <Card>
            <Choices
              name="pace"
              legend="Pace"
              chosen={values["pace"] ?? "normal"}
              typed={typed}
              options={[
                { value: "slow", label: "Slow", note: "More days between two mails" },
                { value: "normal", label: "Normal", note: `${firstName} can change it at any time` },
                { value: "fast", label: "Fast", note: "Fewer days, never two mails on one day" },
              ]}
            />
            {tracks.policy === null ? null : (
              <SelectField
                id="policy"
                label="How much of it"
                hint={`${tracks.policy.reason} The mails are shown next, before anybody gets one.`}
                defaultValue={values["policy"] ?? tracks.policy.policy}
                options={POLICIES.map((policy) => ({
                  value: policy,
                  label: `${POLICY_WORDS[policy]}: ${policyMeans[policy]}`,
                }))}
              />
            )}
            <TextField
              id="startOn"
              type="date"
              min={today}
              label="First day"
              hint="Empty: as soon as possible."
              defaultValue={values["startOn"] ?? ""}
              complaint={complaintAt(typed, "startOn")}
            />
          </Card>
        </div>
        <StepButtons on="See every mail" back />
      </AppForm>
    </EnrollPage>
  );
}

function Offer({ offer, why, zone }: { offer: TrackOffer; why: string; zone: string }) {
  const { length } = offer;
  return (
    <>
      {offer.proposed ? <span className="why">{reasonAlone(why)}</span> : null}
      <span className="line">{offer.description}</span>
      <span className="line figures">
        {count(length.mails, "mail")} in {count(length.days, "day")}
        {length.lastAt === null ? "" : `, the last on ${dayWords(new Date(length.lastAt), zone)}`}
        {offer.differs === "" ? "" : ` · ${offer.differs}`}
      </span>
    </>
  );
}

/** The reason names its track first; beside the track's own name that would be said twice. */
function reasonAlone(why: string): string {
  const reason = why.replace(/^"[^"]*", /, "");
  return reason.charAt(0).toUpperCase() + reason.slice(1);
}
