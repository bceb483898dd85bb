import type { MailTemplate } from "../../../drivers/store/generated/client.ts";
import { AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { Table } from "../ui/table.tsx";
import { Tag } from "../ui/tag.tsx";
import { count, dateWords } from "../words.ts";
import { subjectWords } from "./studio-parts.tsx";

const OLD_AFTER_DAYS = 180;
const DAY_MS = 86_400_000;

/** When somebody last stood by it. After half a year that says little. */
export function Reviewed({ on, now }: { on: Date | null; now: Date }) {
  if (on === null) return <Tag tone="warn">Never reviewed</Tag>;
  const old = now.getTime() - on.getTime() > OLD_AFTER_DAYS * DAY_MS;
  return (
    <>
      {dateWords(on)} {old ? <Tag tone="warn">Over {OLD_AFTER_DAYS} days ago</Tag> : null}
    </>
  );
}

/** The bank of mails to use again (S0-37). */
export function studioTemplatesPage(props: {
  viewer: Viewer;
  templates: readonly MailTemplate[];
  owners: ReadonlyMap<string, string>;
  topics: readonly string[];
  total: number;
  page: number;
  perPage: number;
  asked: { find: string; topic: string; retired: boolean };
  now: Date;
  said: string | null;
}) {
  const { viewer, templates, total, page, perPage, asked, said } = props;
  const query = new URLSearchParams();
  if (asked.find !== "") query.set("find", asked.find);
  if (asked.topic !== "") query.set("topic", asked.topic);
  if (asked.retired) query.set("retired", "yes");
  const writes = viewerMay(viewer, "write-sequences");
  return (
    <AppPage viewer={viewer} title="Mails to use again" styles={["studio"]}>
      <PageHead
        title="Mails to use again"
        crumbs={[{ href: "/studio", name: "Studio" }]}
        actions={
          writes ? (
            <a className="button" href="/studio/templates/new">
              Write one
            </a>
          ) : undefined
        }
      />
      <Said said={said} />
      <Search {...props} />
      <Card title={asked.retired ? "Retired" : "In the bank"} aside={count(total, "mail")}>
        {templates.length === 0 ? <NoTemplates {...props} writes={writes} /> : <List {...props} />}
        <Pager
          page={page}
          perPage={perPage}
          total={total}
          href={(to) =>
            `/studio/templates?${new URLSearchParams([...query, ["page", String(to)]]).toString()}`
          }
        />
      </Card>
    </AppPage>
  );
}

function Search(props: {
  topics: readonly string[];
  asked: { find: string; topic: string; retired: boolean };
}) {
  const { topics, asked } = props;
  return (
    <form className="card inline" action="/studio/templates">
      <TextField id="find" label="Words" type="search" defaultValue={asked.find} maxLength={80} />
      <SelectField
        id="topic"
        label="Topic"
        defaultValue={asked.topic}
        options={[{ value: "", label: "Any" }, ...topics.map((topic) => ({ value: topic, label: topic }))]}
      />
      <SelectField
        id="retired"
        label="Show"
        defaultValue={asked.retired ? "yes" : ""}
        options={[
          { value: "", label: "In the bank" },
          { value: "yes", label: "Retired" },
        ]}
      />
      <button className="quiet" type="submit">
        Find
      </button>
    </form>
  );
}

function NoTemplates(props: { asked: { find: string; topic: string; retired: boolean }; writes: boolean }) {
  const { asked, writes } = props;
  if (asked.find !== "" || asked.topic !== "" || asked.retired)
    return (
      <Empty
        icon="book"
        title="Nothing like that"
        action={
          <a className="button quiet" href="/studio/templates">
            Show everything
          </a>
        }
      >
        {asked.retired ? "No mail is retired." : "No mail of the bank has these words and this topic."}
      </Empty>
    );
  return (
    <Empty icon="book" title="The bank is empty">
      {writes
        ? "Write the first mail that is worth using again: an answer you give often, a thank you, a check before renewal."
        : "An author writes the first one. It then stands here with its owner and the day it was last read."}
    </Empty>
  );
}

function List(props: { templates: readonly MailTemplate[]; owners: ReadonlyMap<string, string>; now: Date }) {
  const { templates, owners, now } = props;
  return (
    <Table
      caption="Mails to use again"
      rows={templates}
      keyOf={({ id }) => id}
      columns={[
        {
          head: "Mail",
          cell: ({ id, title, subject }) => (
            <>
              <a href={`/studio/templates/${id}`}>
                <strong>
                  <bdi>{title}</bdi>
                </strong>
              </a>
              <br />
              <span className="small soft">{subjectWords(subject)}</span>
            </>
          ),
        },
        {
          head: "Topics",
          cell: ({ topics }) => (
            <span className="tags">
              {topics.map((topic) => (
                <Tag key={topic}>{topic}</Tag>
              ))}
            </span>
          ),
        },
        {
          head: "Owner",
          cell: ({ ownerId }) => <bdi>{ownerId === null ? "Nobody" : (owners.get(ownerId) ?? "Nobody")}</bdi>,
        },
        { head: "Last reviewed", cell: ({ reviewedOn }) => <Reviewed on={reviewedOn} now={now} /> },
      ]}
    />
  );
}
