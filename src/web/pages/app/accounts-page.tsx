import type { Account } from "../../../drivers/store/generated/client.ts";
import { AppPage, type Viewer } from "../layout.tsx";
import { dateWords, moneyWords, plain } from "../words.ts";

export type AccountRow = Account & {
  csm: { name: string } | null;
  contacts: { name: string; title: string | null; roles: string[] }[];
  cases: { id: string; status: string }[];
};

export function accountsPage(viewer: Viewer, accounts: readonly AccountRow[], search: string) {
  return (
    <AppPage viewer={viewer} title="Accounts">
      <h1>Accounts</h1>
      <form method="get" action="/accounts" className="inline card">
        <div className="field">
          <label htmlFor="search">Search by name</label>
          <input id="search" type="search" name="search" defaultValue={search} />
        </div>
        <button className="quiet" type="submit">
          Search
        </button>
      </form>
      <section className="card">
        {accounts.length === 0 ? (
          <p className="soft">
            {search === ""
              ? "No accounts yet. Bring them in with: npm run -s baton -- accounts import FILE.csv"
              : "No account has that in its name."}
          </p>
        ) : (
          <div className="scroll">
            <table>
              <thead>
                <tr>
                  <th scope="col">Account</th>
                  <th scope="col">People</th>
                  <th scope="col">CSM</th>
                  <th scope="col">Renewal</th>
                  <th scope="col" className="right">
                    ARR
                  </th>
                  <th scope="col">Case</th>
                </tr>
              </thead>
              <tbody>
                {accounts.map((account) => (
                  <AccountLine key={account.id} account={account} />
                ))}
              </tbody>
            </table>
          </div>
        )}
      </section>
    </AppPage>
  );
}

function AccountLine({ account }: { account: AccountRow }) {
  const [open] = account.cases;
  const people = account.contacts.filter((contact) => !contact.roles.includes("departed"));
  return (
    <tr>
      <td>
        <strong>{account.name}</strong>
        <br />
        <span className="small soft">
          {plain(account.segment)}
          {account.zone === null ? "" : `, ${account.zone.replaceAll("_", " ")}`}
        </span>
      </td>
      <td>
        {people.map((contact) => (
          <span key={contact.name}>
            {contact.name}
            {contact.title === null ? "" : <span className="small soft"> {contact.title}</span>}
            <br />
          </span>
        ))}
      </td>
      <td>{account.csm?.name ?? <span className="tag warn">Nobody</span>}</td>
      <td className="nowrap">{account.renewalOn === null ? "" : dateWords(account.renewalOn)}</td>
      <td className="right nowrap">{moneyWords(account.arrMinor, account.currency)}</td>
      <td>{open === undefined ? "" : <a href={`/cases/${open.id}`}>{plain(open.status)}</a>}</td>
    </tr>
  );
}
