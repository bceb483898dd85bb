import type { Product } from "../../../drivers/store/generated/client.ts";
import type { AccountChoice, UnfinishedCase } from "../../../operations/enroll-start.ts";
import { AppForm, type Viewer, viewerMay } from "../layout.tsx";
import { Card } from "../ui/card.tsx";
import { Empty } from "../ui/empty.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { moneyWords } from "../words.ts";
import { ZoneField } from "./enroll-choices.tsx";
import { complaintAt, EnrollPage, type Typed } from "./enroll-frame.tsx";

/** Step 1: at which account. Found by search, or among what was used last. */
export function enrollAccountPage(props: {
  viewer: Viewer;
  search: string;
  unfinished: readonly UnfinishedCase[];
  accounts: readonly AccountChoice[];
  more: boolean;
  products: readonly Product[];
  standingZone: string;
  /** Goes into the new account's form; the form that comes twice makes one account. */
  once: string;
  adding: Typed | null;
  /** Where to go on when the page is shown to somebody who may look and not work. */
  said: string | null;
}) {
  const { viewer, search, unfinished, accounts, more, adding, said } = props;
  const typed: Typed = adding ?? { values: {}, complaint: null, leaveTo: null };
  const nothing = unfinished.length === 0 && accounts.length === 0;
  return (
    <EnrollPage
      viewer={viewer}
      step="account"
      title="At which account did somebody leave?"
      name="Enroll a contact"
      caseId={null}
      typed={typed}
    >
      {said === null ? null : <Notice tone="said">{said}</Notice>}
      <div className="cols two">
        <Card>
          <form method="get" action="/enroll" className="search">
            <label htmlFor="search" className="sr">
              Search accounts
            </label>
            <input
              id="search"
              type="search"
              name="search"
              defaultValue={search}
              maxLength={100}
              placeholder="Name, domain or reference"
            />
            <button type="submit" className="quiet">
              Search
            </button>
          </form>
          {unfinished.length === 0 ? null : (
            <>
              <h2>Go on where you were</h2>
              <ul className="rows pick">
                {unfinished.map((one) => (
                  <Unfinished key={one.caseId} one={one} />
                ))}
              </ul>
            </>
          )}
          {accounts.length === 0 ? null : (
            <>
              <h2>{search === "" ? (unfinished.length === 0 ? "Accounts" : "Other accounts") : "Found"}</h2>
              <ul className="rows pick">
                {accounts.map((account) => (
                  <AccountRow key={account.id} account={account} />
                ))}
              </ul>
            </>
          )}
          {more ? <p className="small soft">There are more. Search for a part of the name.</p> : null}
          {nothing ? (
            <Empty
              icon="accounts"
              title={search === "" ? "No account yet" : "Nothing found"}
              action={search === "" ? null : <a href="/enroll">Show the accounts used last</a>}
            >
              {search === ""
                ? "Add the first one, or import a list under Accounts."
                : "Try a part of the name, or add it as a new account."}
            </Empty>
          ) : null}
        </Card>
        {viewerMay(viewer, "manage-accounts") ? <NewAccount {...props} typed={typed} /> : null}
      </div>
    </EnrollPage>
  );
}

function Unfinished({ one }: { one: UnfinishedCase }) {
  return (
    <li>
      <div>
        <strong>
          <bdi>{one.account.name}</bdi>
        </strong>
        <p className="small soft">
          {one.leaverName === null ? "Somebody left" : <bdi>{one.leaverName}</bdi>}
          {one.leaverName === null ? "" : " left"}
          {one.successorName === null ? "; nobody named yet" : "; "}
          {one.successorName === null ? null : <bdi>{one.successorName}</bdi>}
          {one.successorName === null ? "" : " takes over"}
        </p>
      </div>
      <a
        className="button small"
        href={`/enroll?case=${one.caseId}`}
        aria-label={`Continue ${one.account.name}`}
      >
        Continue
      </a>
    </li>
  );
}

function AccountRow({ account }: { account: AccountChoice }) {
  const { unfinished } = account;
  return (
    <li>
      <div>
        <strong>
          <bdi>{account.name}</bdi>
        </strong>
        <p className="small soft">
          {account.productName}
          {account.arrMinor === 0n ? "" : ` · ${moneyWords(account.arrMinor, account.currency)}`}
          {account.mainContact === null ? "" : " · "}
          {account.mainContact === null ? null : <bdi>{account.mainContact}</bdi>}
        </p>
      </div>
      {unfinished === null ? (
        <a
          className="button quiet small"
          href={`/enroll/left?account=${account.id}`}
          aria-label={`Choose ${account.name}`}
        >
          Choose
        </a>
      ) : (
        <a
          className="button small"
          href={`/enroll?case=${unfinished.caseId}`}
          aria-label={`Continue ${account.name}`}
        >
          Continue
        </a>
      )}
    </li>
  );
}

function NewAccount(props: Parameters<typeof enrollAccountPage>[0] & { typed: Typed }) {
  const { viewer, products, standingZone, once, adding, typed, search } = props;
  return (
    <details className="card" open={adding !== null}>
      <summary>Add a new account</summary>
      <AppForm viewer={viewer} action="/enroll/accounts">
        <input type="hidden" name="once" value={typed.values["once"] ?? once} />
        <TextField
          id="name"
          label="Name"
          required
          maxLength={200}
          dir="auto"
          defaultValue={typed.values["name"] ?? search}
          complaint={complaintAt(typed, "name")}
        />
        {products.length === 1 ? (
          <input type="hidden" name="product" value={products[0]?.key ?? ""} />
        ) : (
          <SelectField
            id="product"
            label="Product"
            defaultValue={typed.values["product"] ?? products[0]?.key ?? ""}
            options={products.map(({ key, name }) => ({ value: key, label: name }))}
            complaint={complaintAt(typed, "product")}
          />
        )}
        <ZoneField typed={typed} label="Time zone" standing={standingZone} />
        <button type="submit">Add and choose</button>
      </AppForm>
    </details>
  );
}
