import { WEBHOOK_EVENTS } from "../../../../operations/register-webhook.ts";
import type { Problem } from "../../../problem.ts";
import { AppForm, type Viewer } from "../../layout.tsx";
import { Card } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Pager } from "../../ui/pager.tsx";
import { Table } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Time } from "../../ui/time.tsx";
import { plain } from "../../words.ts";
import { SettingsPage } from "./settings-page.tsx";

export interface EndpointRow {
  id: string;
  url: string;
  events: string[];
  createdAt: Date;
  disabledAt: Date | null;
  /** Of the last 7 days. */
  delivered: number;
  failed: number;
  waiting: number;
}

/** Where other programs are told what happens. `fresh` shows the signing secret once. */
export function webhooksPage(props: {
  viewer: Viewer;
  endpoints: readonly EndpointRow[];
  fresh: { url: string; secret: string } | null;
  typedUrl: string;
  problem: Problem | null;
  said: string | null;
}) {
  const { viewer, endpoints, fresh, typedUrl, problem, said } = props;
  return (
    <SettingsPage viewer={viewer} here="/settings/webhooks" title="Webhooks" said={said}>
      {fresh === null ? null : (
        <Notice tone="said" title="The webhook is registered.">
          <p>
            Deliveries to <code>{fresh.url}</code> are signed with this secret, as Standard Webhooks. It is
            shown this once.
          </p>
          <pre>{fresh.secret}</pre>
        </Notice>
      )}
      <div className="cols two">
        <Card title="Webhooks">
          {endpoints.length === 0 ? (
            <p className="soft">
              None yet. One tells your CRM at once when somebody is ready or asks to meet, and your task list
              when a task changes.
            </p>
          ) : (
            <ul className="rows">
              {endpoints.map((endpoint) => (
                <li key={endpoint.id}>
                  <div>
                    <p>
                      <a href={`/settings/webhooks/${endpoint.id}`}>{endpoint.url}</a>{" "}
                      {endpoint.disabledAt === null ? null : <Tag tone="warn">Switched off</Tag>}
                    </p>
                    <p className="small soft">
                      {endpoint.events.join(", ")} · last 7 days: {endpoint.delivered} delivered,{" "}
                      {endpoint.failed} failed, {endpoint.waiting} waiting
                    </p>
                  </div>
                  {endpoint.disabledAt === null ? (
                    <AppForm viewer={viewer} action={`/settings/webhooks/${endpoint.id}/switch-off`}>
                      <button className="quiet small" type="submit" aria-label={`Switch off ${endpoint.url}`}>
                        Switch off
                      </button>
                    </AppForm>
                  ) : null}
                </li>
              ))}
            </ul>
          )}
        </Card>
        <Card title="Register an address">
          <AppForm viewer={viewer} action="/settings/webhooks">
            <TextField
              id="url"
              type="url"
              label="Address"
              hint="https, on a public server. It is checked again at every delivery."
              defaultValue={typedUrl}
              complaint={problem === null ? undefined : `${problem.detail} ${problem.remedy}`}
              required
            />
            <fieldset>
              <legend>What it hears of</legend>
              {WEBHOOK_EVENTS.map((event) => (
                <label key={event} className="choice">
                  <input type="checkbox" name="events" value={event} defaultChecked />
                  <code>{event}</code>
                </label>
              ))}
            </fieldset>
            <button type="submit">Register</button>
          </AppForm>
          <Receiving />
        </Card>
      </div>
    </SettingsPage>
  );
}

/** For whoever writes the other end: without these three checks anybody could tell it anything. */
function Receiving() {
  return (
    <details className="fold">
      <summary>What the receiver must check</summary>
      <ol className="small">
        <li>
          The signature, over the body as it came: <code>webhook-signature</code> is <code>v1,</code> and the
          base64 HMAC-SHA256 of <code>webhook-id.webhook-timestamp.body</code>, keyed with the secret after
          its prefix, base64-decoded. Libraries for Standard Webhooks do this.
        </li>
        <li>
          The time: refuse a <code>webhook-timestamp</code> more than five minutes off. It is signed too.
        </li>
        <li>
          The id: keep each <code>webhook-id</code> for a day or two and drop one you have. An event may come
          again, with the same id and body.
        </li>
      </ol>
      <p className="small soft">
        Answer 2xx within 15 seconds. Anything else is tried again for about a day and a half; 410 ends it.
      </p>
    </details>
  );
}

export interface DeliveryRow {
  id: string;
  eventId: string;
  eventType: string;
  status: string;
  attempts: number;
  nextAttemptAt: Date | null;
  responseCode: number | null;
  error: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
}

const tones = { delivered: "good", failed: "bad" } as const;

/** Every delivery of one webhook, newest first: what the receiver answered, and once more if it failed. */
export function deliveriesPage(props: {
  viewer: Viewer;
  endpoint: { id: string; url: string; disabledAt: Date | null };
  deliveries: readonly DeliveryRow[];
  page: number;
  perPage: number;
  total: number;
  said: string | null;
}) {
  const { viewer, endpoint, deliveries, page, perPage, total, said } = props;
  return (
    <SettingsPage viewer={viewer} here="/settings/webhooks" title="Deliveries" said={said}>
      <Card title={<code>{endpoint.url}</code>} aside={<a href="/settings/webhooks">All webhooks</a>}>
        {deliveries.length === 0 ? (
          <p className="soft">Nothing was delivered yet. The first goes when a verdict changes.</p>
        ) : (
          <Table
            caption="Deliveries"
            rows={deliveries}
            keyOf={(row) => row.id}
            columns={[
              { head: "When", cell: (row) => <Time at={row.createdAt} zone={viewer.zone} /> },
              { head: "Event", cell: (row) => <code>{row.eventType}</code> },
              {
                head: "State",
                cell: (row) => (
                  <Tag tone={row.status in tones ? tones[row.status as keyof typeof tones] : undefined}>
                    {plain(row.status)}
                  </Tag>
                ),
              },
              { head: "Attempts", right: true, cell: (row) => row.attempts },
              {
                head: "Answer",
                cell: (row) => (
                  <>
                    {row.responseCode ?? ""} <span className="small soft">{row.error ?? ""}</span>
                    {row.status === "planned" && row.nextAttemptAt !== null ? (
                      <span className="small soft">
                        next <Time at={row.nextAttemptAt} zone={viewer.zone} />
                      </span>
                    ) : null}
                  </>
                ),
              },
              {
                head: "Again",
                cell: (row) =>
                  row.status === "planned" || endpoint.disabledAt !== null ? null : (
                    <AppForm viewer={viewer} action={`/settings/deliveries/${row.id}/repeat`}>
                      <button className="quiet small" type="submit">
                        Deliver again
                      </button>
                    </AppForm>
                  ),
              },
            ]}
          />
        )}
        <Pager
          page={page}
          perPage={perPage}
          total={total}
          href={(next) => `/settings/webhooks/${endpoint.id}?page=${next}`}
        />
      </Card>
    </SettingsPage>
  );
}
