import type { BoardSort, BoardVerdict } from "../../../operations/board-parts.ts";
import { plain } from "../words.ts";

/** What a list of cases is narrowed to; the address carries it, so that a list can be kept and sent. */
export interface AskedCases {
  verdict?: BoardVerdict | undefined;
  status?: string | undefined;
  csm?: string | undefined;
  only?: "overdue" | "limbo" | undefined;
  state: "open" | "closed";
  search: string;
  sort: BoardSort;
  page: number;
  csms?: "all" | undefined;
}

/** The address of the same list with something changed; defaults are left out, and a new filter starts on page 1. */
export function listAddress(path: string, asked: AskedCases, change: Partial<AskedCases> = {}): string {
  const next = { ...asked, page: 1, ...change };
  const query = new URLSearchParams();
  for (const key of ["verdict", "status", "csm", "only", "search"] as const) {
    const value = next[key];
    if (value !== undefined && value !== "") query.set(key, value);
  }
  if (next.state !== "open") query.set("state", next.state);
  if (next.sort !== "attention") query.set("sort", next.sort);
  if (next.page > 1) query.set("page", String(next.page));
  const text = query.toString();
  return text === "" ? path : `${path}?${text}`;
}

export function isNarrowed({ verdict, status, csm, only, search }: AskedCases): boolean {
  return [verdict, status, csm, only].some((one) => one !== undefined) || search !== "";
}

export function verdictWords(verdict: BoardVerdict): string {
  return verdict === "no_program" ? "Nobody enrolled" : plain(verdict);
}

const VERDICTS: readonly BoardVerdict[] = [
  "ready",
  "on_track",
  "warming",
  "not_started",
  "stalled",
  "at_risk",
  "unreachable",
  "no_program",
];
const SORTS: readonly { value: BoardSort; label: string }[] = [
  { value: "attention", label: "Needs attention first" },
  { value: "days", label: "Longest at risk" },
  { value: "renewal", label: "Renewal, soonest" },
  { value: "arr", label: "ARR, largest" },
  { value: "score", label: "Readiness, highest" },
  { value: "percent", label: "Program, furthest" },
  { value: "next_send", label: "Next mail, soonest" },
  { value: "account", label: "Account, A to Z" },
];

interface Person {
  id: string;
  name: string;
}

/** Search, filters and order as one form; without script its button shows the result. */
export function BoardFilters(props: {
  path: string;
  asked: AskedCases;
  people: readonly Person[];
  statuses?: readonly string[];
  /** Not shown where the verdicts are a row of links of their own. */
  withVerdict?: boolean;
  open?: boolean;
}) {
  const { path, asked, people, statuses, withVerdict = false, open = true } = props;
  return (
    <form method="get" action={path} className="filters">
      {open ? null : <input type="hidden" name="state" value="closed" />}
      {withVerdict || asked.verdict === undefined ? null : (
        <input type="hidden" name="verdict" value={asked.verdict} />
      )}
      {asked.only === undefined ? null : <input type="hidden" name="only" value={asked.only} />}
      <div className="field">
        <label htmlFor="search">{open ? "Account or contact" : "Account"}</label>
        <input id="search" type="search" name="search" defaultValue={asked.search} maxLength={100} />
      </div>
      <Choice
        id="csm"
        label="CSM"
        value={asked.csm}
        options={[
          { value: "mine", label: "Mine" },
          { value: "nobody", label: "Nobody" },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      {withVerdict && open ? (
        <Choice
          id="verdict"
          label="Verdict"
          value={asked.verdict}
          options={VERDICTS.map((value) => ({ value, label: verdictWords(value) }))}
        />
      ) : null}
      {statuses === undefined || !open ? null : (
        <Choice
          id="status"
          label="Stage"
          value={asked.status}
          options={statuses.map((value) => ({ value, label: plain(value) }))}
        />
      )}
      {open ? (
        <div className="field">
          <label htmlFor="sort">Order</label>
          <select id="sort" name="sort" defaultValue={asked.sort}>
            {SORTS.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </div>
      ) : null}
      <div className="buttons">
        <button type="submit" className="quiet">
          Show
        </button>
        {isNarrowed(asked) ? <a href={open ? path : `${path}?state=closed`}>Clear</a> : null}
      </div>
    </form>
  );
}

function Choice(props: {
  id: string;
  label: string;
  value: string | undefined;
  options: readonly { value: string; label: string }[];
}) {
  const { id, label, value, options } = props;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} name={id} defaultValue={value ?? ""}>
        <option value="">Any</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
