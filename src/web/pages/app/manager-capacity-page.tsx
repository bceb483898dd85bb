import { type Rates, ROUGH_RATES, ROUGH_RATES_ON } from "../../../domain/accounts/money.ts";
import type { CsmFigures } from "../../../operations/board-parts.ts";
import type { Refusal } from "../../../operations/refusal.ts";
import { AppForm, AppPage, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { TextArea } from "../ui/field.tsx";
import { Notice, Said } from "../ui/notice.tsx";
import { PageHead } from "../ui/page-head.tsx";
import { Pager } from "../ui/pager.tsx";
import { type Column, Table } from "../ui/table.tsx";

export interface CapacityPageProps {
  viewer: Viewer;
  /** The people of this page. */
  figures: readonly CsmFigures[];
  total: number;
  page: number;
  perPage: number;
  rates: Rates;
  /** What was typed into a form that was refused, by its fields' names. */
  typed: Readonly<Record<string, string>>;
  problem: Refusal | null;
  said: string | null;
}

/** How much each CSM can carry, and the rates by which amounts of different currencies are ranked. */
export function managerCapacityPage(props: CapacityPageProps) {
  const { viewer, figures, total, page, perPage, problem, said } = props;
  const may = viewerMay(viewer, "lead-csms");
  const table = (
    <Table
      caption="Capacity by CSM"
      columns={may ? [...shown, ...fields(props)] : [...shown, ...read]}
      rows={figures}
      keyOf={({ csmId }) => csmId ?? "nobody"}
    />
  );
  return (
    <AppPage viewer={viewer} title="Capacity" styles={["board"]}>
      <PageHead title="Capacity" crumbs={[{ href: "/manager", name: "Manager board" }]} />
      <Said said={said} />
      {problem === null ? null : (
        <Notice tone="refused" title={problem.message}>
          {problem.remedy}
        </Notice>
      )}
      <Card title="What each can carry">
        <p className="small soft">
          Minutes follow from the tiers of the accounts: 720 for a case of a high one, 300 for a middle one,
          120 for a low one, 30 in the long tail.
        </p>
        {figures.length === 0 ? (
          <Empty icon="people" title="Nobody is a CSM yet">
            Give somebody the role under Settings, Users.
          </Empty>
        ) : may ? (
          <AppForm viewer={viewer} action={`/manager/capacity?page=${page}`}>
            {table}
            <button type="submit">Save</button>
          </AppForm>
        ) : (
          table
        )}
        <Pager page={page} perPage={perPage} total={total} href={(at) => `/manager/capacity?page=${at}`} />
      </Card>
      <RatesCard {...props} />
    </AppPage>
  );
}

const shown: readonly Column<CsmFigures>[] = [
  { head: "CSM", cell: ({ name }) => <bdi>{name}</bdi> },
  { head: "Open cases", right: true, cell: ({ openCases }) => openCases },
  { head: "Minutes", right: true, cell: ({ minutes }) => minutes.toLocaleString("en-GB") },
];

const read: readonly Column<CsmFigures>[] = [
  { head: "Cases they can carry", right: true, cell: ({ caseCapacity }) => caseCapacity ?? "–" },
  { head: "Minutes they have", right: true, cell: ({ minuteCapacity }) => minuteCapacity ?? "–" },
];

function fields({ typed, problem }: CapacityPageProps): Column<CsmFigures>[] {
  const field = (row: CsmFigures, name: string, label: string, stored: number | null) => (
    <input
      type="text"
      inputMode="numeric"
      size={6}
      maxLength={6}
      name={`${name}-${row.csmId}`}
      aria-label={`${label}: ${row.name}`}
      aria-invalid={problem?.place === `${name}-${row.csmId}` ? true : undefined}
      defaultValue={typed[`${name}-${row.csmId}`] ?? String(stored ?? "")}
    />
  );
  return [
    {
      head: "Cases they can carry",
      cell: (row) => field(row, "cases", "Cases they can carry", row.caseCapacity),
    },
    {
      head: "Minutes they have",
      cell: (row) => field(row, "minutes", "Minutes they have", row.minuteCapacity),
    },
  ];
}

function RatesCard({ viewer, rates, typed, problem }: CapacityPageProps) {
  const written = Object.entries(rates).map(([currency, rate]) => `${currency} ${rate}`);
  return (
    <Card title="Rates for ranking" id="rates">
      <p className="small soft">
        The week puts what is at stake into one order across currencies. For that it uses rough rates of{" "}
        {ROUGH_RATES_ON}; no amount that is shown is converted.
      </p>
      {viewerMay(viewer, "manage-settings") ? (
        <AppForm viewer={viewer} action="/manager/rates">
          <TextArea
            id="rates-own"
            name="rates"
            label="Your own rates"
            hint="One currency a line with the US dollars for one unit, such as EUR 1.12. Others stay as they are."
            rows={4}
            maxLength={2000}
            defaultValue={typed["rates"] ?? written.join("\n")}
            complaint={problem?.place === "rankingRates" ? `${problem.message} ${problem.remedy}` : undefined}
          />
          <button className="quiet" type="submit">
            Save rates
          </button>
        </AppForm>
      ) : (
        <p className="small">{written.length === 0 ? "No rates of your own are set." : written.join(", ")}</p>
      )}
      <details className="fold">
        <summary>The rough rates</summary>
        <p className="small">
          {Object.entries(ROUGH_RATES)
            .map(([currency, rate]) => `${currency} ${rate}`)
            .join(", ")}
        </p>
      </details>
    </Card>
  );
}
